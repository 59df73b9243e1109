import { usageError } from '../errors.ts';
import type { DescribedKeys, SecretVariable, TargetDescription } from './description.ts';
import {
  type Capability,
  type KeyOptions,
  type Target,
  type TargetOrganization,
  Unavailable,
  withoutProvisioning,
} from './target.ts';

/** Keys that the user created under Settings, by purpose. */
export interface Keys {
  /** Of the organisation to work in, with every scope. */
  readonly key: string;
  /** Of the same organisation, with exactly these scopes. */
  readonly scoped?: readonly { readonly scopes: readonly string[]; readonly key: string }[];
  readonly expired?: string;
  /** Of an organisation on the Free plan. */
  readonly freePlan?: string;
  /** Of an organisation on the Pro plan. */
  readonly proPlan?: string;
  /** Of another organisation, with every scope. */
  readonly second?: string;
  /** Of the standing webhook endpoint in the organisation to work in. */
  readonly webhookSecret?: string;
  /** Of the organisation to work in; undefined unless a run may use it up. */
  readonly rateLimit?: NonNullable<TargetOrganization['rateLimit']>;
  /** Ids of users of the organisation to work in. */
  readonly members?: readonly string[];
}

/** The part of a target that keys alone provide: existing organisations, which hold other data. */
export const provisionByKeys = (
  keys: Keys,
): Pick<Target, 'offers' | 'organization' | 'intention'> => {
  const offers = new Set<Capability>();
  if (keys.scoped?.length) offers.add('scoped-keys');
  if (keys.expired) offers.add('expired-key');
  if (keys.freePlan) offers.add('free-plan');
  if (keys.proPlan) offers.add('pro-plan');
  if (keys.second) offers.add('second-organization');
  if (keys.members?.length) offers.add('members');
  if (keys.rateLimit) offers.add('spendable-rate-limit');
  if (keys.webhookSecret) offers.add('webhooks');
  return {
    intention: 'Dossiers are created in the organisations of the keys, and not deleted.',
    offers,
    organization: ({ plan, second }) =>
      Promise.resolve(organizationOf(keys, plan, second === true)),
  };
};

const organizationOf = (
  keys: Keys,
  plan: string | undefined,
  second: boolean,
): TargetOrganization => {
  const isMain = plan !== 'free' && plan !== 'pro' && !second;
  const usual = keyFor(keys, plan, second);
  return {
    ...withoutProvisioning,
    members: isMain ? (keys.members ?? []) : [],
    ...(isMain && keys.rateLimit && { rateLimit: keys.rateLimit }),
    key: (options) => Promise.resolve().then(() => choose(options, usual, isMain ? keys : {})),
    createEndpoint: () => {
      const { webhookSecret: secret } = keys;
      if (isMain && secret !== undefined) return Promise.resolve({ secret });
      const reason = 'It needs webhook endpoints in more than one organisation (--control).';
      return Promise.reject(new Unavailable(reason));
    },
  };
};

const keyFor = (keys: Keys, plan: string | undefined, second: boolean): string | undefined => {
  if (plan === 'free') return keys.freePlan;
  if (plan === 'pro') return keys.proPlan;
  return second ? keys.second : keys.key;
};

const choose = (
  options: KeyOptions,
  usual: string | undefined,
  { scoped = [], expired }: Partial<Keys>,
): string => {
  if (options.expiresIn !== undefined) {
    throw new Error('Keys that expire at a chosen time need the capability expiring-keys.');
  }
  if (options.scopes) return withScopes(scoped, options.scopes);
  const key = options.expired ? expired : usual;
  if (key === undefined) throw new Error('A rule asked for a key that its needs do not name.');
  return key;
};

const withScopes = (scoped: NonNullable<Keys['scoped']>, wanted: readonly string[]): string => {
  const found = scoped.find(({ scopes }) => sameScopes(scopes, wanted));
  if (found) return found.key;
  throw new Unavailable(`It needs ${describeWanted(wanted)} (keys.byScopes of --config).`);
};

/** Whether two lists contain the same scopes, in any order. */
export const sameScopes = (one: readonly string[], other: readonly string[]): boolean => {
  const wanted = new Set(other);
  return new Set(one).size === wanted.size && one.every((scope) => wanted.has(scope));
};

const describeWanted = (scopes: readonly string[]): string =>
  scopes.length === 0
    ? 'a key without any scope'
    : `a key with exactly the scope${scopes.length === 1 ? '' : 's'} ${scopes.join(', ')}`;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The default variables for keys. */
const usual = {
  allScopes: 'LEADGRID_KEY',
  expired: 'LEADGRID_EXPIRED_KEY',
  freePlan: 'LEADGRID_FREE_PLAN_KEY',
  proPlan: 'LEADGRID_PRO_PLAN_KEY',
  secondOrganization: 'LEADGRID_SECOND_KEY',
} as const satisfies Readonly<Record<Exclude<keyof DescribedKeys, 'byScopes'>, SecretVariable>>;

/** The variables that a description names, and the default ones that are set. */
export const variablesOf = (described: DescribedKeys, environment: Environment): DescribedKeys => ({
  ...Object.fromEntries(Object.entries(usual).filter(([, name]) => environment[name])),
  ...described,
});

/** The environment variables with secrets. */
export const secretName = /^LEADGRID_.*(KEY|TOKEN|SECRET)$/;

/** The fewest characters of a secret that reports can replace without replacing other text. */
export const shortestSecret = 16;

/**
 * Reports replace a secret wherever it occurs: one that occurs by chance would make them unreadable.
 *
 * @throws Breakdown when a variable holds a secret that is too short
 */
export const requireLongSecrets = (environment: Environment): void => {
  for (const [name, value = ''] of Object.entries(environment)) {
    if (value === '' || value.length >= shortestSecret || !secretName.test(name)) continue;
    throw usageError(
      `${name} has only ${String(value.length)} characters. Reports replace a secret wherever it ` +
        `occurs, and one of fewer than ${String(shortestSecret)} can occur by chance. ` +
        'Use a longer one, or unset it.',
    );
  }
};

/**
 * The headers that go with every request, by lower-case name.
 *
 * @throws Breakdown when a variable isn't set, or a header can't be sent
 */
export const readHeaders = (
  described: NonNullable<TargetDescription['headers']>,
  environment: Environment,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(described).map(([name, variable]) => {
      const place = `headers.${name}`;
      const flaw = flawOfHeader(name);
      if (flaw !== undefined) throw usageError(`${place} ${flaw}. Remove it.`);
      const value = environment[variable];
      if (!value)
        throw usageError(
          `${place} names ${variable}, which isn't set. Set it, or remove ${place}.`,
        );
      // Unlike a key, the value of a header such as Cookie may have spaces between its words.
      if (/^[\x21-\x7e]+( +[\x21-\x7e]+)*$/.test(value)) return [name.toLowerCase(), value];
      throw usageError(`${variable} has characters that a header can't contain. Copy it again.`);
    }),
  );

/** Why a header can't go with every request; undefined if it can. */
const flawOfHeader = (name: string): string | undefined => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'is not the name of a header';
  return reservedHeader.test(name) ? 'is set by the suite itself' : undefined;
};

/** Headers that the suite, HTTP or the contract give a meaning of their own. */
const reservedHeader =
  /^(authorization|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|accept|accept-encoding|content-.*|proxy-.*)$/i;

/** @throws Breakdown when the variable isn't set, or its value can't be sent in a header */
export type ReadSecret = (name: SecretVariable, place: string) => string;

/** Reads keys from the environment: they are never on a command line or in a file. */
export const createSecretReader =
  (environment: Environment): ReadSecret =>
  (name, place) => {
    const value = environment[name];
    if (!value) {
      throw usageError(`${place} names ${name}, which isn't set. Set it, or remove ${place}.`);
    }
    if (/^[\x21-\x7e]+$/.test(value)) return value;
    throw usageError(`${name} has characters that a header can't contain. Copy the key again.`);
  };

/** The keys that the variables hold; undefined without a key that has every scope. */
export const readKeys = (variables: DescribedKeys, read: ReadSecret): Keys | undefined => {
  const { allScopes, byScopes, expired, freePlan, proPlan, secondOrganization } = variables;
  if (allScopes === undefined) return undefined;
  return {
    key: read(allScopes, 'keys.allScopes'),
    ...(byScopes && {
      scoped: byScopes.map(({ scopes, key }, index) => ({
        scopes,
        key: read(key, `keys.byScopes[${String(index)}].key`),
      })),
    }),
    ...(expired && { expired: read(expired, 'keys.expired') }),
    ...(freePlan && { freePlan: read(freePlan, 'keys.freePlan') }),
    ...(proPlan && { proPlan: read(proPlan, 'keys.proPlan') }),
    ...(secondOrganization && { second: read(secondOrganization, 'keys.secondOrganization') }),
  };
};
