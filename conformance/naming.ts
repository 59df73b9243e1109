import type { Credential, Keyring } from './keyring.ts';
import type { ReportedCounterexample } from './report.ts';
import type { Secret } from './secrets.ts';
import type { Exchange } from './world/exchange.ts';

type Variable = ReportedCounterexample['variables'][number];

/** The credentials of some exchanges, each with the variable that stands for it. */
export interface Names {
  /** Those of the environment. */
  readonly held: readonly Secret[];
  /** Those that the run made. */
  readonly made: readonly Secret[];
  readonly variables: readonly Variable[];
}

/**
 * Names the credentials in some exchanges: those of the environment by their variables, those that
 * the run made by the order in which they appear.
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
      .map(({ credential, name }) => ({ value: credential.value, told: `$${name}` }));
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
  return `made by the run${where}: ${origin}`;
};
