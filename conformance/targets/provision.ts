import { breakdownError, messageOf, usageError } from '../errors.ts';
import {
  type Capability,
  type FlowDraft,
  type ForcedFailure,
  type KeyOptions,
  type OrganizationOptions,
  type Target,
  type TargetOrganization,
  Unavailable,
  withoutProvisioning,
} from './target.ts';

type Awaitable<Value> = Value | Promise<Value>;

/**
 * Functions that do to a target what no operation of the API does, each of them optional: what is
 * there decides what can be verified. One that can't do what it is asked for throws
 * `Unavailable`: what asked is not verified then, instead of broken down.
 *
 * @typeParam Organization - whatever `createOrganization` returns; the other functions are given
 *   it. Without `createOrganization` they are given undefined, for the organisation of the keys.
 */
export interface Provision<Organization> {
  /** @param wish - the plan in the words of the contract, such as `growth` */
  readonly createOrganization?: (wanted: { readonly plan: string }) => Awaitable<Organization>;
  /** Without it, a run leaves what it made. */
  readonly deleteOrganization?: (organization: Organization) => Awaitable<void>;
  /** Makes a key; `expiresAt` may be over already, and is null for never. Gives the key itself. */
  readonly createKey?: (
    organization: Organization,
    wanted: { readonly scopes: readonly string[]; readonly expiresAt: Date | null },
  ) => Awaitable<string>;
  /** Ids of the users of an organisation, to assign dossiers to. */
  readonly members?: (organization: Organization) => Awaitable<readonly string[]>;
  /** Gives the id of the user made. */
  readonly createMember?: (organization: Organization, name: string) => Awaitable<string>;
  readonly createFlow?: (
    organization: Organization,
    draft: FlowDraft,
  ) => Awaitable<{ readonly id: string }>;
  /** Opens a new window as well; X-RateLimit-Limit shows this limit from then on (LG-LIM-022). */
  readonly setRateLimit?: (
    organization: Organization,
    limit: { readonly requests: number; readonly windowSeconds: number },
  ) => Awaitable<void>;
  /** Puts a contact in the talent pool until then; null makes it one that never was there. */
  readonly setPoolWindow?: (
    organization: Organization,
    contact: string,
    until: Date | null,
  ) => Awaitable<void>;
  /** Puts the organisation on another plan of the contract, from now on. */
  readonly changePlan?: (organization: Organization, plan: string) => Awaitable<void>;
  /** Makes the next request of the organisation, or the storing of its next CV, fail inside. */
  readonly failNext?: (organization: Organization, fault: ForcedFailure) => Awaitable<void>;
  /** Makes an endpoint for all events; gives its secret. */
  readonly createEndpoint?: (
    organization: Organization,
    url: string,
  ) => Awaitable<{ readonly secret: string }>;
}

/** Provision as it is used here: whatever the organisation is, it is only handed on. */
export type AnyProvision = Provision<unknown>;

type FunctionName = keyof AnyProvision;

/** The function that each capability stands on. */
const requiredFunctions: Readonly<Partial<Record<Capability, FunctionName>>> = {
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
    throw usageError(
      'provision.createOrganization is of no use without keys. Add provision.createKey.',
    );
  }
  if (!fresh && shared === undefined) {
    throw usageError(
      'provision makes no organisation. Add createOrganization, or set LEADGRID_KEY.',
    );
  }
  const own = Object.entries(requiredFunctions)
    .filter(([, name]) => provision[name] !== undefined)
    .map(([capability]) => capability as Capability);
  if (fresh && provision.setRateLimit) own.push('spendable-rate-limit');
  return {
    intention:
      fresh && provision.deleteOrganization
        ? 'Organisations are created there, and deleted afterwards.'
        : (shared?.intention ?? 'Organisations are created there, and stay there.'),
    offers: new Set([...(fresh ? [] : (shared?.offers ?? [])), ...own]),
    organization: async (wanted) => {
      if (fresh) return createFresh(wanted, options);
      if (shared === undefined) throw new Error('There is neither an organisation nor a key.');
      const organization = await shared.organization(wanted);
      // What the functions are about is the organisation of the keys, and no other.
      if (wanted.plan !== undefined || wanted.second) return organization;
      return provisionOrganization(organization, undefined, options);
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

const createFresh = async (
  { plan }: OrganizationOptions,
  options: ProvideOptions,
): Promise<TargetOrganization> => {
  const { provision } = options;
  const made = await callFunction('createOrganization', () =>
    provision.createOrganization?.({ plan: plan ?? options.plan }),
  );
  const organization: TargetOrganization = {
    ...withoutProvisioning,
    release: async () => {
      if (provision.deleteOrganization === undefined) return false;
      await callFunction('deleteOrganization', () => provision.deleteOrganization?.(made));
      return true;
    },
  };
  return provisionOrganization(organization, made, options);
};

/** An organisation that does with functions what it can, and the rest as it did before. */
const provisionOrganization = async (
  organization: TargetOrganization,
  made: unknown,
  { provision, scopes, now }: ProvideOptions,
): Promise<TargetOrganization> => {
  const { members, createKey, createMember, createFlow } = provision;
  const { setRateLimit, setPoolWindow, changePlan, failNext, createEndpoint } = provision;
  return {
    ...organization,
    ...(members && { members: await callFunction('members', () => members(made)) }),
    ...(createKey && {
      key: (wanted: KeyOptions) => {
        const draft = { scopes: wanted.scopes ?? scopes, expiresAt: expiryOf(wanted, now) };
        return callForText('createKey', () => createKey(made, draft));
      },
    }),
    ...(createMember && {
      createMember: (name) => callForText('createMember', () => createMember(made, name)),
    }),
    ...(createFlow && {
      createFlow: (draft) => callFunction('createFlow', () => createFlow(made, draft)),
    }),
    ...(setRateLimit && {
      setRateLimit: (requests, windowSeconds) =>
        callFunction('setRateLimit', () => setRateLimit(made, { requests, windowSeconds })),
    }),
    ...(setPoolWindow && {
      setPoolWindow: (contact, seconds) =>
        callFunction('setPoolWindow', () =>
          setPoolWindow(made, contact, seconds === null ? null : fromNow(seconds, now)),
        ),
    }),
    ...(changePlan && {
      changePlan: (plan) => callFunction('changePlan', () => changePlan(made, plan)),
    }),
    ...(createEndpoint && {
      createEndpoint: (url) => callFunction('createEndpoint', () => createEndpoint(made, url)),
    }),
    ...(failNext && { failNext: (fault) => callFunction('failNext', () => failNext(made, fault)) }),
  } satisfies TargetOrganization;
};

/** So long ago that a key is expired even where it holds until the end of the day (LG-AUT-010). */
const aDayAgo = -2 * 86_400;

const expiryOf = ({ expired, expiresIn }: KeyOptions, now: () => number): Date | null => {
  if (expired) return fromNow(aDayAgo, now);
  return expiresIn === undefined ? null : fromNow(expiresIn, now);
};

const fromNow = (seconds: number, now: () => number): Date => new Date(now() + seconds * 1000);

/**
 * Calls a function of the user.
 *
 * @throws Breakdown when it throws, in a sentence that names it
 * @throws Unavailable when it throws an error of that name
 */
const callFunction = async <Value>(
  name: keyof AnyProvision,
  call: () => Value | Promise<Value>,
): Promise<Value> => {
  try {
    return await call();
  } catch (thrown) {
    // By its name, since a module of the user may have been loaded beside another copy of the kit.
    if (thrown instanceof Error && thrown.name === 'Unavailable') {
      throw new Unavailable(thrown.message);
    }
    throw breakdownError(`provision.${name} failed: ${messageOf(thrown)}. Correct the function.`);
  }
};

/** Calls one that must give text. */
const callForText = async (
  name: keyof AnyProvision,
  call: () => string | Promise<string>,
): Promise<string> => {
  const value: unknown = await callFunction(name, call);
  if (typeof value === 'string' && value !== '') return value;
  const what = name === 'createKey' ? 'the key' : 'an id';
  throw breakdownError(`provision.${name} gave ${typeof value}. Let it return ${what} as text.`);
};
