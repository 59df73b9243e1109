import { misuse } from '../breakdown.ts';
import type { Capability, KeyWish, Target, TargetOrganization } from './target.ts';

/** Keys that somebody made under Settings, by what they are for. */
export interface Keys {
  /** Of the organisation to work in, with every scope. */
  readonly key: string;
  readonly expired?: string;
  /** Of an organisation on the Free plan. */
  readonly freePlan?: string;
  /** Of an organisation on the Pro plan. */
  readonly proPlan?: string;
  /** Of another organisation, with every scope. */
  readonly second?: string;
}

/** Reads the keys that the environment holds; they never stand on a command line or in a file. */
export const readKeys = (environment: Readonly<Record<string, string | undefined>>): Keys => {
  const key = environment['LEADGRID_KEY'];
  if (!key) {
    throw misuse(
      'A target needs a key: set LEADGRID_KEY to one with every scope, ' +
        'or name a control API with --control URL.',
    );
  }
  for (const [name, value] of Object.entries(environment)) {
    if (/^LEADGRID_.*KEY$/.test(name) && value && !/^[\x21-\x7e]+$/.test(value)) {
      throw misuse(`${name} holds characters that no header can. Copy the key again.`);
    }
  }
  const { LEADGRID_EXPIRED_KEY, LEADGRID_SECOND_KEY } = environment;
  const { LEADGRID_FREE_PLAN_KEY, LEADGRID_PRO_PLAN_KEY } = environment;
  return {
    key,
    ...(LEADGRID_EXPIRED_KEY ? { expired: LEADGRID_EXPIRED_KEY } : {}),
    ...(LEADGRID_FREE_PLAN_KEY ? { freePlan: LEADGRID_FREE_PLAN_KEY } : {}),
    ...(LEADGRID_PRO_PLAN_KEY ? { proPlan: LEADGRID_PRO_PLAN_KEY } : {}),
    ...(LEADGRID_SECOND_KEY ? { second: LEADGRID_SECOND_KEY } : {}),
  };
};

/** The part of a target that keys alone provide: shared organisations, already full of data. */
export const provisionByKeys = (
  keys: Keys,
): Pick<Target, 'offers' | 'organization' | 'intention'> => {
  const offers = new Set<Capability>();
  if (keys.expired) offers.add('expired-key');
  if (keys.freePlan) offers.add('free-plan');
  if (keys.proPlan) offers.add('pro-plan');
  if (keys.second) offers.add('second-organization');
  return {
    intention: 'Dossiers are created in the organisations of the keys, and stay there.',
    offers,
    organization: ({ plan, second }) =>
      Promise.resolve(share(usualKey(keys, plan, second === true), keys)),
  };
};

const usualKey = (keys: Keys, plan: string | undefined, second: boolean): string | undefined => {
  if (plan === 'free') return keys.freePlan;
  if (plan === 'pro') return keys.proPlan;
  return second ? keys.second : keys.key;
};

const share = (usual: string | undefined, { expired }: Keys): TargetOrganization => ({
  members: [],
  key: (wish: KeyWish) => {
    if (wish.scopes) throw new Error('Keys with chosen scopes need the capability scoped-keys.');
    if (wish.expiresIn !== undefined) {
      throw new Error('Keys that expire when told to need the capability expiring-keys.');
    }
    const key = wish.expired ? expired : usual;
    if (key === undefined) throw new Error('A rule asked for a key that its needs do not name.');
    return Promise.resolve(key);
  },
  createFlow: () => {
    throw new Error('Flows of its own need the capability flows.');
  },
  setRateLimit: () => {
    throw new Error('Rate limits of its own need the capability rate-limit.');
  },
  release: () => Promise.resolve(false),
});
