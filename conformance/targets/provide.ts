import { misuse } from '../breakdown.ts';
import { called, calledForText } from './calling.ts';
import type { AnyProvision } from './provision.ts';
import type {
  Capability,
  KeyWish,
  OrganizationWish,
  Target,
  TargetOrganization,
} from './target.ts';
import { helpless } from './helpless.ts';

type Name = keyof AnyProvision;

/** The function that each capability stands on. */
const foundations: Readonly<Partial<Record<Capability, Name>>> = {
  'fresh-organizations': 'createOrganization',
  'second-organization': 'createOrganization',
  'free-plan': 'createOrganization',
  'pro-plan': 'createOrganization',
  'scoped-keys': 'createKey',
  'expired-key': 'createKey',
  'expiring-keys': 'createKey',
  members: 'members',
  'more-members': 'createMember',
  flows: 'createFlow',
  'rate-limit': 'setRateLimit',
  'talent-pool': 'setPoolWindow',
  'plan-change': 'changePlan',
  faults: 'failNext',
  webhooks: 'createEndpoint',
  'own-endpoints': 'createEndpoint',
};

type Provided = Pick<Target, 'offers' | 'organization' | 'intention'>;

export interface ProvideOptions {
  readonly provision: AnyProvision;
  /** What keys provide, for whatever has no function; undefined without a key. */
  readonly shared: Provided | undefined;
  /** All scopes of the contract, for keys without a wish. */
  readonly scopes: readonly string[];
  /** A plan of the contract with API access. */
  readonly plan: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The part of a target that the user's own functions provide. Where none makes organisations, they
 * work in the one of the keys.
 *
 * @throws Breakdown when the functions can't do without another one that isn't there
 */
export const provideByFunctions = (given: ProvideOptions): Provided => {
  const options = { ...given, provision: bind(given.provision) };
  const { provision, shared } = options;
  const fresh = provision.createOrganization !== undefined;
  if (fresh && provision.createKey === undefined) {
    throw misuse(
      'provision.createOrganization is of no use without keys. Add provision.createKey.',
    );
  }
  if (!fresh && shared === undefined) {
    throw misuse('provision makes no organisation. Add createOrganization, or set LEADGRID_KEY.');
  }
  const own = Object.entries(foundations)
    .filter(([, name]) => provision[name] !== undefined)
    .map(([capability]) => capability as Capability);
  if (fresh && provision.setRateLimit) own.push('spendable-rate-limit');
  return {
    intention:
      fresh && provision.deleteOrganization
        ? 'Organisations are created there, and deleted afterwards.'
        : (shared?.intention ?? 'Organisations are created there, and stay there.'),
    offers: new Set([...(fresh ? [] : (shared?.offers ?? [])), ...own]),
    organization: async (wish) => {
      if (fresh) return openFresh(wish, options);
      if (shared === undefined) throw new Error('There is neither an organisation nor a key.');
      const organization = await shared.organization(wish);
      // What the functions are about is the organisation of the keys, and no other.
      if (wish.plan !== undefined || wish.second) return organization;
      return dress(organization, undefined, options);
    },
  };
};

/** Functions may call one another as methods of the object that they stand in. */
const bind = (provision: AnyProvision): AnyProvision =>
  Object.fromEntries(
    Object.entries(provision).map(([name, call]: [string, (...given: never[]) => unknown]) => [
      name,
      call.bind(provision),
    ]),
  );

const openFresh = async (
  { plan }: OrganizationWish,
  options: ProvideOptions,
): Promise<TargetOrganization> => {
  const { provision } = options;
  const made = await called('createOrganization', () =>
    provision.createOrganization?.({ plan: plan ?? options.plan }),
  );
  const organization: TargetOrganization = {
    ...helpless,
    release: async () => {
      if (provision.deleteOrganization === undefined) return false;
      await called('deleteOrganization', () => provision.deleteOrganization?.(made));
      return true;
    },
  };
  return dress(organization, made, options);
};

/** An organisation that does with functions what it can, and the rest as it did before. */
const dress = async (
  organization: TargetOrganization,
  made: unknown,
  { provision, scopes, now }: ProvideOptions,
): Promise<TargetOrganization> => {
  const { members, createKey, createMember, createFlow } = provision;
  const { setRateLimit, setPoolWindow, changePlan, failNext, createEndpoint } = provision;
  return {
    ...organization,
    ...(members && { members: await called('members', () => members(made)) }),
    ...(createKey && {
      key: (wish: KeyWish) => {
        const draft = { scopes: wish.scopes ?? scopes, expiresAt: expiryOf(wish, now) };
        return calledForText('createKey', () => createKey(made, draft));
      },
    }),
    ...(createMember && {
      createMember: (name) => calledForText('createMember', () => createMember(made, name)),
    }),
    ...(createFlow && {
      createFlow: (draft) => called('createFlow', () => createFlow(made, draft)),
    }),
    ...(setRateLimit && {
      setRateLimit: (requests, windowSeconds) =>
        called('setRateLimit', () => setRateLimit(made, { requests, windowSeconds })),
    }),
    ...(setPoolWindow && {
      setPoolWindow: (contact, seconds) =>
        called('setPoolWindow', () =>
          setPoolWindow(made, contact, seconds === null ? null : fromNow(seconds, now)),
        ),
    }),
    ...(changePlan && {
      changePlan: (plan) => called('changePlan', () => changePlan(made, plan)),
    }),
    ...(createEndpoint && {
      createEndpoint: (url) => called('createEndpoint', () => createEndpoint(made, url)),
    }),
    ...(failNext && { failNext: (fault) => called('failNext', () => failNext(made, fault)) }),
  } satisfies TargetOrganization;
};

/** So long ago that a key is expired even where it holds until the end of the day (LG-AUT-010). */
const longAgo = -2 * 86_400;

const expiryOf = ({ expired, expiresIn }: KeyWish, now: () => number): Date | null => {
  if (expired) return fromNow(longAgo, now);
  return expiresIn === undefined ? null : fromNow(expiresIn, now);
};

const fromNow = (seconds: number, now: () => number): Date => new Date(now() + seconds * 1000);
