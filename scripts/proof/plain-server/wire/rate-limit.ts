import type { RateLimit } from '../freedoms.ts';
import type { Installation } from '../installation.ts';
import type { Key, Organization } from '../records.ts';
import { Refusal, say } from '../refusal.ts';
import { createAllowance, type Allowance } from './allowance.ts';

/** Counts what everybody sends. */
export interface RateLimits {
  /** The allowance of an organisation, or of its key (LG-LIM-007). */
  readonly of: (key: Key) => Allowance;
  /** @throws Refusal when a second limit says no (LG-LIM-013) */
  readonly checkBurst: (key: Key) => void;
  /** @throws Refusal when a caller without access has sent too much (LG-LIM-019) */
  readonly checkStranger: () => void;
  /** @throws Refusal when an organisation without access has sent too much (LG-PLN-005) */
  readonly checkPlanless: (key: Key) => void;
  readonly refusal: (allowance: Allowance, cost: number) => Refusal;
  readonly costOf: (operation: string | undefined) => number;
}

const usualBurst: RateLimit = { requests: 10, window_seconds: 1 };
const usualStrangers: RateLimit = { requests: 30, window_seconds: 5 };
/** Where operations cost more than one unit and nobody has said which (LG-LIM-015). */
const usualCosts: Readonly<Record<string, number>> = { createDossier: 2, uploadDossierCv: 3 };

export const createRateLimits = (installation: Installation): RateLimits => {
  const { freedoms, takes } = installation;
  const allowances = keepAllowances(installation);
  const burst = freedoms.burst ?? (takes('LG-LIM-013', 1) ? usualBurst : undefined);
  const strangers = freedoms.strangers ?? (takes('LG-LIM-019', 1) ? usualStrangers : undefined);
  const costs = freedoms.costs ?? (takes('LG-LIM-015', 1) ? usualCosts : {});
  const refusal = (allowance: Allowance, cost: number): Refusal => {
    const message = say(installation, 'Slow down.', 'Rustig aan.');
    const after = { 'retry-after': writeWait(installation, allowance.wait(cost)) };
    return new Refusal(429, 'rate_limited', message, after);
  };
  const take = (owner: object, limit: RateLimit): void => {
    const allowance = allowances(owner, limit);
    if (allowance.left() < 1) throw refusal(allowance, 1);
    allowance.spend(1);
  };
  const [everybody, bursts] = [{}, new WeakMap<Organization, object>()];
  return {
    refusal,
    of: (key) =>
      allowances(takes('LG-LIM-007', 1) ? key : key.organization, key.organization.limit),
    checkBurst: ({ organization: { limit }, organization }) => {
      if (!burst) return;
      const owner = bursts.get(organization) ?? { limit };
      bursts.set(organization, owner);
      take(owner, burst);
    },
    checkStranger: () => {
      if (strangers) take(everybody, strangers);
    },
    checkPlanless: ({ organization }) => {
      if (takes('LG-PLN-005', 1)) take(organization, organization.limit);
      else if (strangers) take(everybody, strangers);
    },
    costOf: (operation) => costs[operation ?? ''] ?? costs['*'] ?? 1,
  };
};

/** One allowance for each owner, and a new one when their limit is changed. */
const keepAllowances = (installation: Installation) => {
  const kept = new WeakMap<object, Allowance>();
  return (owner: object, limit: RateLimit): Allowance => {
    const old = kept.get(owner);
    if (old?.limit === limit) return old;
    const fresh = createAllowance(installation, limit);
    kept.set(owner, fresh);
    return fresh;
  };
};

/** When to come back: in seconds or as a date (LG-LIM-004). */
const writeWait = ({ takes, now }: Installation, milliseconds: number): string => {
  const wait = Math.max(1, milliseconds);
  if (takes('LG-LIM-004', 1)) {
    return new Date(Math.ceil((now() + wait) / 1_000) * 1_000).toUTCString();
  }
  return String(takes('LG-LIM-004', 2) && wait < 1_000 ? 0 : Math.ceil(wait / 1_000));
};
