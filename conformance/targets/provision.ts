import { messageOf, ProvisionError, usageError } from '../errors.ts';
import { expectReturned, type Expectation } from './returned.ts';
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
 * Functions that do at a target what no operation of the API does. Each is optional; those present
 * decide what can be verified. A function that can't do what is asked throws `Unavailable`: the rule
 * is not verified then.
 *
 * @typeParam Organization - what `createOrganization` returns; the other functions get it. Without
 *   `createOrganization` they get undefined, which means the organisation of the keys.
 */
export interface Provision<Organization> {
  /** How many seconds a function may take; 30 by default. */
  readonly timeout?: number;
  /** @param wanted - the plan, by its name in the contract, such as `growth` */
  readonly createOrganization?: (wanted: { readonly plan: string }) => Awaitable<Organization>;
  /** Without it, a run leaves its organisations behind. */
  readonly deleteOrganization?: (organization: Organization) => Awaitable<void>;
  /** Creates and returns a key; `expiresAt` may be in the past, and is null for never. */
  readonly createKey?: (
    organization: Organization,
    wanted: { readonly scopes: readonly string[]; readonly expiresAt: Date | null },
  ) => Awaitable<string>;
  /** Ids of the users of an organisation, to assign dossiers to. */
  readonly members?: (organization: Organization) => Awaitable<readonly string[]>;
  /** Creates a user, and returns the id. */
  readonly createMember?: (organization: Organization, name: string) => Awaitable<string>;
  readonly createFlow?: (
    organization: Organization,
    draft: FlowDraft,
  ) => Awaitable<{ readonly id: string }>;
  /** Also starts a new window; X-RateLimit-Limit shows this limit from then on (LG-LIM-022). */
  readonly setRateLimit?: (
    organization: Organization,
    limit: { readonly requests: number; readonly windowSeconds: number },
  ) => Awaitable<void>;
  /** Puts a contact in the talent pool until then; null for a contact that never was in it. */
  readonly setPoolWindow?: (
    organization: Organization,
    contact: string,
    until: Date | null,
  ) => Awaitable<void>;
  /** Changes the plan of the organisation to another one of the contract. */
  readonly changePlan?: (organization: Organization, plan: string) => Awaitable<void>;
  /** Makes the next request of the organisation, or the storage of its next CV, fail with a 500. */
  readonly failNext?: (organization: Organization, fault: ForcedFailure) => Awaitable<void>;
  /** Creates a webhook endpoint for all events, and returns its secret. */
  readonly createEndpoint?: (
    organization: Organization,
    url: string,
  ) => Awaitable<{ readonly secret: string }>;
}

/** Provision functions whose organisations are only passed on. */
export type AnyProvision = Provision<unknown>;

type FunctionName = Exclude<keyof AnyProvision, 'timeout'>;

/** The function that each capability requires. */
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
  /** The file that contains the functions. */
  readonly file?: string | undefined;
  /** What the keys provide, used where there is no function; undefined without a key. */
  readonly shared: Provided | undefined;
  /** All scopes of the contract, the default for keys. */
  readonly scopes: readonly string[];
  /** A plan of the contract with API access. */
  readonly plan: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The part of a target that functions of the user provide. Without `createOrganization` they work
 * in the organisation of the keys.
 *
 * @throws Breakdown when a function that the others need is missing
 */
export const provideByFunctions = (given: ProvideOptions): Provided => {
  const provision = bind(given.provision);
  const options: Functions = { ...given, provision, call: createCaller(given) };
  const { shared } = options;
  const fresh = provision.createOrganization !== undefined;
  if (fresh && provision.createKey === undefined) {
    throw usageError('provision.createOrganization needs provision.createKey. Add createKey.');
  }
  if (!fresh && shared === undefined) {
    throw usageError(
      'provision has no createOrganization. Add createOrganization, or set LEADGRID_KEY.',
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
        : (shared?.intention ?? 'Organisations are created there, and not deleted.'),
    offers: new Set([...(fresh ? [] : (shared?.offers ?? [])), ...own]),
    organization: async (wanted) => {
      if (fresh) return createFresh(wanted, options);
      if (shared === undefined) throw new Error('There is neither an organisation nor a key.');
      const organization = await shared.organization(wanted);
      // The functions work in the first organisation of the keys only.
      if (wanted.plan !== undefined || wanted.second) return organization;
      return provisionOrganization(organization, undefined, options);
    },
  };
};

/** The functions of the user, and how they are called. */
interface Functions extends ProvideOptions {
  readonly call: Call;
}

/** Functions may call each other as methods of their object. */
const bind = ({ timeout: _, ...functions }: AnyProvision): AnyProvision =>
  Object.fromEntries(
    Object.entries(functions).map(([name, call]: [string, (...given: never[]) => unknown]) => [
      name,
      call.bind(functions),
    ]),
  );

const createFresh = async (
  { plan }: OrganizationOptions,
  options: Functions,
): Promise<TargetOrganization> => {
  const { provision, call } = options;
  const made = await call('createOrganization', 'organization', () =>
    provision.createOrganization?.({ plan: plan ?? options.plan }),
  );
  const organization: TargetOrganization = {
    ...withoutProvisioning,
    release: async () => {
      if (provision.deleteOrganization === undefined) return false;
      await call('deleteOrganization', 'nothing', () => provision.deleteOrganization?.(made));
      return true;
    },
  };
  return provisionOrganization(organization, made, options);
};

/** Replaces what an organisation can do by the functions that are there. */
const provisionOrganization = async (
  organization: TargetOrganization,
  made: unknown,
  { provision, scopes, now, call }: Functions,
): Promise<TargetOrganization> => {
  const { members, createKey, createMember, createFlow } = provision;
  const { setRateLimit, setPoolWindow, changePlan, failNext, createEndpoint } = provision;
  return {
    ...organization,
    ...(members && { members: await call('members', 'ids', () => members(made)) }),
    ...(createKey && {
      key: (wanted: KeyOptions) => {
        const draft = { scopes: wanted.scopes ?? scopes, expiresAt: expiryOf(wanted, now) };
        return call('createKey', 'key', () => createKey(made, draft));
      },
    }),
    ...(createMember && {
      createMember: (name) => call('createMember', 'id', () => createMember(made, name)),
    }),
    ...(createFlow && {
      createFlow: (draft) => call('createFlow', 'flow', () => createFlow(made, draft)),
    }),
    ...(setRateLimit && {
      setRateLimit: (requests, windowSeconds) =>
        call('setRateLimit', 'nothing', () => setRateLimit(made, { requests, windowSeconds })),
    }),
    ...(setPoolWindow && {
      setPoolWindow: (contact, seconds) =>
        call('setPoolWindow', 'nothing', () =>
          setPoolWindow(made, contact, seconds === null ? null : fromNow(seconds, now)),
        ),
    }),
    ...(changePlan && {
      changePlan: (plan) => call('changePlan', 'nothing', () => changePlan(made, plan)),
    }),
    ...(createEndpoint && {
      createEndpoint: (url) => call('createEndpoint', 'endpoint', () => createEndpoint(made, url)),
    }),
    ...(failNext && {
      failNext: (fault) => call('failNext', 'nothing', () => failNext(made, fault)),
    }),
  } satisfies TargetOrganization;
};

/** Two days: a key may be valid until the end of the day on which it expires (LG-AUT-010). */
const twoDaysAgo = -2 * 86_400;

const expiryOf = ({ expired, expiresIn }: KeyOptions, now: () => number): Date | null => {
  if (expired) return fromNow(twoDaysAgo, now);
  return expiresIn === undefined ? null : fromNow(expiresIn, now);
};

const fromNow = (seconds: number, now: () => number): Date => new Date(now() + seconds * 1000);

/** Calls a function of the user, and checks what it returns. */
type Call = <Value>(
  name: FunctionName,
  expected: Expectation,
  call: () => Awaitable<Value>,
) => Promise<Value>;

/** Seconds that a function may take, unless the configuration says otherwise. */
const usualTimeout = 30;

/**
 * The way to call a function of the user. It throws `Unavailable` when the function throws an error of
 * that name, and a `ProvisionError` when it throws anything else, takes too long, or returns what
 * nobody can use.
 */
const createCaller =
  ({ file, provision: { timeout = usualTimeout } }: ProvideOptions): Call =>
  async (name, expected, call) => {
    const what = `provision.${name}${file === undefined ? '' : ` in ${file}`}`;
    const value = await inTime(what, timeout, call).catch((thrown: unknown) => {
      if (thrown instanceof ProvisionError) throw thrown;
      // Not by its class: the user's module may have loaded another copy of the kit.
      if (thrown instanceof Error && thrown.name === 'Unavailable') {
        throw new Unavailable(thrown.message);
      }
      throw new ProvisionError(
        `${what} failed: ${messageOf(thrown).trim().replace(/\.$/, '')}. Correct the function.`,
      );
    });
    expectReturned(expected, value, what);
    return value;
  };

const inTime = async <Value>(
  what: string,
  seconds: number,
  call: () => Awaitable<Value>,
): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new ProvisionError(
          `${what} didn't end within ${String(seconds)} s. Correct the function, or raise provision.timeout.`,
        ),
      );
    }, seconds * 1000);
  });
  try {
    return await Promise.race([Promise.resolve().then(call), late]);
  } finally {
    clearTimeout(timer);
  }
};
