import type { Variations, RateLimit } from '../core/variations.ts';
import type { Installation } from '../core/installation.ts';
import type { Key, Organization } from '../core/records.ts';
import { Refusal, formatMessage } from '../core/refusals.ts';

/** The rate limits of all organisations. */
export interface RateLimits {
  /** The allowance of an organisation, or of its key (LG-LIM-007). */
  readonly of: (key: Key) => Allowance;
  /** @throws Refusal if the limit for bursts is exceeded (LG-LIM-013) */
  readonly checkBurst: (key: Key) => void;
  /** @throws Refusal if requests without access exceed their limit (LG-LIM-019) */
  readonly checkUnauthorized: () => void;
  /** @throws Refusal if an organisation without access exceeds its limit (LG-PLN-005) */
  readonly checkPlanless: (key: Key) => void;
  readonly refusal: (allowance: Allowance, cost: number) => Refusal;
  readonly costOf: (operation: string | undefined) => number;
}

const defaultBurst: RateLimit = { requests: 10, window_seconds: 1 };
const defaultUnauthorizedLimit: RateLimit = { requests: 30, window_seconds: 5 };
/** The operations that count as more than one request (LG-LIM-015). */
const defaultCosts: Readonly<Record<string, number>> = { createDossier: 2, uploadDossierCv: 3 };

export const createRateLimits = (installation: Installation): RateLimits => {
  const { variations, takes } = installation;
  const allowances = createAllowances(installation);
  const burst = variations.burst ?? (takes('LG-LIM-013', 1) ? defaultBurst : undefined);
  const unauthorizedLimit =
    variations.unauthorizedLimit ?? (takes('LG-LIM-019', 1) ? defaultUnauthorizedLimit : undefined);
  const costs = variations.costs ?? (takes('LG-LIM-015', 1) ? defaultCosts : {});
  const refusal = (allowance: Allowance, cost: number): Refusal => {
    const message = formatMessage(installation, 'Slow down.', 'Rustig aan.');
    const headers = { 'retry-after': formatWait(installation, allowance.wait(cost)) };
    return new Refusal(429, 'rate_limited', message, headers);
  };
  const spendOne = (owner: object, limit: RateLimit): void => {
    const allowance = allowances(owner, limit);
    if (allowance.left() < 1) throw refusal(allowance, 1);
    allowance.spend(1);
  };
  const [allUnauthorized, bursts] = [{}, new WeakMap<Organization, object>()];
  return {
    refusal,
    of: (key) =>
      allowances(takes('LG-LIM-007', 1) ? key : key.organization, key.organization.limit),
    checkBurst: ({ organization: { limit }, organization }) => {
      if (!burst) return;
      const owner = bursts.get(organization) ?? { limit };
      bursts.set(organization, owner);
      spendOne(owner, burst);
    },
    checkUnauthorized: () => {
      if (unauthorizedLimit) spendOne(allUnauthorized, unauthorizedLimit);
    },
    checkPlanless: ({ organization }) => {
      if (takes('LG-PLN-005', 1)) spendOne(organization, organization.limit);
      else if (unauthorizedLimit) spendOne(allUnauthorized, unauthorizedLimit);
    },
    costOf: (operation) => costs[operation ?? ''] ?? costs['*'] ?? 1,
  };
};

/** One allowance for each owner, replaced when its limit changes. */
const createAllowances = (installation: Installation) => {
  const allowanceByOwner = new WeakMap<object, Allowance>();
  return (owner: object, limit: RateLimit): Allowance => {
    const current = allowanceByOwner.get(owner);
    if (current?.limit === limit) return current;
    const fresh = createAllowance(installation, limit);
    allowanceByOwner.set(owner, fresh);
    return fresh;
  };
};

/** The value of Retry-After: in seconds or as a date (LG-LIM-004). */
const formatWait = ({ takes, now }: Installation, milliseconds: number): string => {
  const wait = Math.max(1, milliseconds);
  if (takes('LG-LIM-004', 1)) {
    return new Date(Math.ceil((now() + wait) / 1_000) * 1_000).toUTCString();
  }
  return String(takes('LG-LIM-004', 2) && wait < 1_000 ? 0 : Math.ceil(wait / 1_000));
};

/** The remaining requests of one limit. */
export interface Allowance {
  readonly limit: RateLimit;
  readonly left: () => number;
  /** Milliseconds until this many requests are available. */
  readonly wait: (count: number) => number;
  readonly spend: (count: number) => void;
}

/** An allowance with the kind of window that the variations choose (LG-LIM-008, LG-LIM-015). */
const createAllowance = (installation: Installation, limit: RateLimit): Allowance => {
  const { now } = installation;
  switch (windowOf(installation)) {
    case 'bucket':
      return bucket(limit, now);
    case 'sliding':
      return sliding(limit, now);
    case 'aligned':
      return windowed(limit, now, (moment, length) => Math.floor(moment / length) * length);
    case 'fixed':
      return windowed(limit, now, (moment) => moment);
  }
};

const windowOf = ({ variations, takes }: Installation): NonNullable<Variations['window']> => {
  const defaultWindow = takes('LG-LIM-015', 2) ? 'bucket' : 'fixed';
  return variations.window ?? (takes('LG-LIM-008', 2) ? 'sliding' : defaultWindow);
};

const windowed = (
  limit: RateLimit,
  now: () => number,
  startOf: (moment: number, length: number) => number,
): Allowance => {
  const length = limit.window_seconds * 1_000;
  let start = startOf(now(), length);
  let spent = 0;
  const renew = (): void => {
    if (now() - start < length) return;
    start = startOf(now(), length);
    spent = 0;
  };
  return {
    limit,
    left: () => {
      renew();
      return limit.requests - spent;
    },
    wait: () => start + length - now(),
    spend: (count) => {
      renew();
      spent += count;
    },
  };
};

const sliding = (limit: RateLimit, now: () => number): Allowance => {
  const length = limit.window_seconds * 1_000;
  let moments: number[] = [];
  const left = (): number => {
    moments = moments.filter((moment) => moment > now() - length);
    return limit.requests - moments.length;
  };
  return {
    limit,
    left,
    wait: (count) => {
      const missing = Math.max(1, count - left());
      return (moments[missing - 1] ?? now()) + length - now();
    },
    spend: (count) => {
      for (let one = 0; one < count; one += 1) moments.push(now());
    },
  };
};

const bucket = (limit: RateLimit, now: () => number): Allowance => {
  const interval = (limit.window_seconds * 1_000) / limit.requests;
  let tokens = limit.requests;
  let last = now();
  const fill = (): number => {
    tokens = Math.min(limit.requests, tokens + (now() - last) / interval);
    last = now();
    return tokens;
  };
  return {
    limit,
    left: () => Math.floor(fill()),
    wait: (count) => (count - fill()) * interval,
    spend: (count) => {
      tokens = fill() - count;
    },
  };
};
