import type { Exchange } from '../http/exchange.ts';
import type {
  KeyOptions,
  OrganizationOptions,
  Target,
  TargetOrganization,
} from '../targets/target.ts';
import { readSecrets, type Secret } from './redaction.ts';
import type { ReportedCounterexample } from './report.ts';

/** An API key or a webhook secret that a run used. */
interface Credential {
  readonly value: string;
  /** The environment variable that holds it; undefined for one that the run created. */
  readonly variable: string | undefined;
  /** What it is: its scopes, its expiry and the plan. */
  readonly origin: string;
  /** The number of its organisation in this run. */
  readonly organization: number;
}

/** The secrets of a run, so that reports can distinguish them without showing them. */
export interface Keyring {
  /** The same target; every secret that it returns is recorded. */
  readonly watch: (target: Target) => Target;
  readonly find: (value: string) => Credential | undefined;
  readonly credentials: () => readonly Credential[];
  /** The headers that go with every request, which the records of exchanges lack. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** The secrets in the environment, used or not. */
  readonly environment: readonly Secret[];
}

/** @param scopes - all scopes of the contract, to describe a key by those it lacks */
export const createKeyring = (
  environment: Readonly<Record<string, string | undefined>>,
  scopes: readonly string[] = [],
): Keyring => {
  const known = new Map<string, Credential>();
  let organizations = 0;
  let headers: Readonly<Record<string, string>> = {};
  const variableOf = (value: string) =>
    Object.entries(environment).find(([, held]) => held === value)?.[0];
  const note = (value: string, origin: string, organization: number): void => {
    if (known.has(value)) return;
    known.set(value, { value, variable: variableOf(value), origin, organization });
  };
  return {
    watch: (target) => {
      headers = target.headers ?? {};
      for (const [name, value] of Object.entries(headers)) note(value, `the header ${name}`, 0);
      return {
        ...target,
        organization: async (wanted) => {
          const organization = await target.organization(wanted);
          const number = (organizations += 1);
          return recordingCredentials(organization, scopes, (value, what) => {
            note(value, `${what}${onPlan(wanted)}`, number);
          });
        },
      };
    },
    headers: () => headers,
    find: (value) => known.get(value),
    credentials: () => [...known.values()],
    environment: readSecrets(environment),
  };
};

const recordingCredentials = (
  organization: TargetOrganization,
  scopes: readonly string[],
  note: (value: string, what: string) => void,
): TargetOrganization => ({
  ...organization,
  key: async (wanted) => {
    const key = await organization.key(wanted);
    note(key, describeKey(wanted, scopes));
    return key;
  },
  createEndpoint: async (url) => {
    const endpoint = await organization.createEndpoint(url);
    note(endpoint.secret, 'the secret of a webhook endpoint');
    return endpoint;
  },
});

const onPlan = ({ plan }: OrganizationOptions): string => (plan ? `, on the plan ${plan}` : '');

const describeKey = (
  { scopes, expired, expiresIn }: KeyOptions,
  all: readonly string[],
): string => {
  const described = scopes === undefined ? 'every scope' : describeScopes(scopes, all);
  if (expired) return `${described}, expired`;
  return expiresIn === undefined ? described : `${described}, for ${String(expiresIn)} seconds`;
};

const describeScopes = (scopes: readonly string[], all: readonly string[]): string => {
  const lacking = all.filter((scope) => !scopes.includes(scope));
  if (all.length > 0 && lacking.length === 0) return 'every scope';
  if (all.length > 0 && lacking.length < scopes.length)
    return `every scope but ${lacking.join(' and ')}`;
  return scopes.length === 0 ? 'no scope' : `only ${scopes.join(' and ')}`;
};

type CredentialVariable = ReportedCounterexample['variables'][number];

/** The credentials of some exchanges, each with the variable that replaces it. */
export interface Names {
  /** Those of the environment. */
  readonly held: readonly Secret[];
  /** Those that the run created. */
  readonly made: readonly Secret[];
  readonly variables: readonly CredentialVariable[];
}

/**
 * Names the credentials in some exchanges: those of the environment by their variables, those that
 * the run created by their order of appearance.
 */
export const nameCredentials = (exchanges: readonly Exchange[], keyring: Keyring): Names => {
  const texts = exchanges.flatMap(({ request: { url, headers } }) => [
    url,
    ...Object.values(headers),
  ]);
  const words = texts.flatMap((text) => [text, ...text.split(/[\s=&;:,]+/)]);
  const found = [...new Set(words)].flatMap((word) => keyring.find(word) ?? []);
  const made = found.filter(({ variable }) => variable === undefined);
  const organizations = [...new Set(made.map(({ organization }) => organization))];
  const named = found.map((credential) => ({
    credential,
    name: credential.variable ?? nameOfMade(made, credential),
  }));
  const secretsOf = (isMade: boolean): Secret[] =>
    named
      .filter(({ credential }) => (credential.variable === undefined) === isMade)
      .map(({ credential, name }) => ({ value: credential.value, shownAs: `$${name}` }));
  return {
    ...{ held: secretsOf(false), made: secretsOf(true) },
    variables: named.map(({ credential, name }) => ({
      name,
      origin: originOf(credential, organizations),
    })),
  };
};

const nameOfMade = (made: readonly Credential[], credential: Credential): string =>
  made.length === 1 ? 'RUN_KEY' : `RUN_KEY_${String(made.indexOf(credential) + 1)}`;

const originOf = (
  { variable, origin, organization }: Credential,
  organizations: readonly number[],
): string => {
  if (variable !== undefined) return 'from the environment';
  const number = String(organizations.indexOf(organization) + 1);
  const where = organizations.length > 1 ? ` in organisation ${number}` : '';
  return `created by the run${where}: ${origin}`;
};
