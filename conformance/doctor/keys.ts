import type { Contract } from '../../openapi/contract.ts';
import type { DescribedKeys } from '../targets/description.ts';
import type { Keys } from '../targets/keys.ts';
import type { Finding } from './findings.ts';
import {
  firstIdOf,
  type Probe,
  type ProbeAnswer,
  type Read,
  readsOf,
  smallestRead,
  tryReads,
} from './probe.ts';

const chapter = 'Keys';

export interface KeyCheck {
  readonly contract: Contract;
  readonly keys: Keys;
  /** The names of the variables that hold the keys. */
  readonly variables: DescribedKeys;
  readonly probe: Probe;
}

/** Checks by reads alone whether each API key is as described. */
export const checkKeys = async (check: KeyCheck): Promise<Finding[]> => {
  const { contract, keys, variables, probe } = check;
  const name = variables.allScopes ?? 'The key';
  const list = await probe(smallestRead, keys.key);
  if (list.status !== 200) return [refused(name, list)];
  const dossier = firstIdOf(list);
  const reads = readsOf(contract, dossier);
  return [
    await checkMainKey(name, reads, check),
    ...(await checkScoped(reads, check)),
    ...(await checkRefusals(check)),
    ...(await checkSecond(dossier, check)),
  ];
};

/** A refusal for the rate limit says nothing about the key. */
const rateLimitedResponse = { status: 429 };
const isLimited = ({ status }: Pick<ProbeAnswer, 'status'>): boolean =>
  status === rateLimitedResponse.status;

const refused = (name: string, { status }: Pick<ProbeAnswer, 'status'>): Finding => {
  const reasons: Readonly<Record<number, string>> = {
    401: `${name} is refused (401): this target doesn't know it, or it has expired.`,
    402: `${name} is refused (402): the plan of its organisation has no API access.`,
    403: `${name} is refused (403): it lacks the scope to list dossiers.`,
    429: `${name} is refused (429): its organisation has used up its rate limit.`,
  };
  const text = reasons[status] ?? `${name} gets ${String(status)} when it lists dossiers.`;
  if (status === 429)
    return { chapter, mark: 'warn', text, next: 'Try again after the rate-limit window ends.' };
  return { chapter, mark: 'wrong', text, next: `Set ${name} to a key with every scope.` };
};

/** Checks the key with every scope; writes aren't tried. */
const checkMainKey = async (
  name: string,
  reads: readonly Read[],
  { contract, keys, probe }: KeyCheck,
): Promise<Finding> => {
  const tried = await tryReads(reads, probe, keys.key);
  if (tried.some(isLimited)) return refused(name, rateLimitedResponse);
  const lacking = tried.filter(({ status }) => status === 403).map(({ scope }) => scope);
  if (lacking.length > 0) {
    const text = `${name} lacks ${lacking.join(', ')}.`;
    return { chapter, mark: 'wrong', text, next: 'Give the key every scope.' };
  }
  const untried = contract.scopes.filter((scope) => !tried.some((one) => one.scope === scope));
  const held = tried.map(({ scope }) => scope).join(', ');
  return { chapter, mark: 'ok', text: `${name} has ${held} (not tried: ${untried.join(', ')}).` };
};

const checkScoped = async (
  all: readonly Read[],
  { keys, variables, probe }: KeyCheck,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const [index, { scopes, key }] of (keys.scoped ?? []).entries()) {
    const name = variables.byScopes?.[index]?.key ?? 'A key';
    const tried = await tryReads(all, probe, key);
    if (tried.some(isLimited)) {
      findings.push(refused(name, rateLimitedResponse));
      continue;
    }
    const unexpected = tried.filter(
      ({ scope, status }) => status !== (scopes.includes(scope) ? 200 : 403),
    );
    const described = scopes.length === 0 ? 'no scope' : scopes.join(', ');
    const reads = tried.filter(({ status }) => status === 200).map(({ scope }) => scope);
    findings.push(
      unexpected.length === 0
        ? {
            ...{ chapter, mark: 'ok' },
            text: `${name} can read with ${reads.join(', ') || 'no scope'}, as its scopes (${described}) say.`,
          }
        : {
            ...{
              chapter,
              mark: 'wrong',
              text: `${name} is described with ${described}, but ${describeDifference(unexpected)}.`,
            },
            next: `Correct the scopes of ${name} under keys.byScopes, or set ${name} to another key.`,
          },
    );
  }
  return findings;
};

const describeDifference = (unexpected: readonly { scope: string; status: number }[]): string =>
  unexpected
    .map(({ scope, status }) => `a read that needs ${scope} gets ${String(status)}`)
    .join(', and ');

/** Checks the keys that must be refused. */
const checkRefusals = async ({ keys, variables, probe }: KeyCheck): Promise<Finding[]> => {
  const claims = [
    [keys.expired, variables.expired, 401, 'an expired key'],
    [keys.freePlan, variables.freePlan, 402, 'a key on the Free plan'],
    [keys.proPlan, variables.proPlan, 402, 'a key on the Pro plan'],
  ] as const;
  const findings: Finding[] = [];
  for (const [key, name = 'A key', expected, what] of claims) {
    if (key === undefined) continue;
    const { status } = await probe(smallestRead, key);
    if (isLimited({ status })) {
      findings.push(refused(name, rateLimitedResponse));
      continue;
    }
    const result = `${name} gets ${String(status)}`;
    findings.push(
      status === expected
        ? { chapter, mark: 'ok', text: `${result}, as ${what} should.` }
        : {
            ...{
              chapter,
              mark: 'wrong',
              text: `${result}; ${what} should get ${String(expected)}.`,
            },
            next: `Set ${name} to ${what}. If it already is, the target fails to refuse it.`,
          },
    );
  }
  return findings;
};

const checkSecond = async (
  dossier: string | undefined,
  { keys, variables, probe }: KeyCheck,
): Promise<Finding[]> => {
  const { second } = keys;
  const name = variables.secondOrganization ?? 'The second key';
  if (second === undefined) return [];
  const list = await probe(smallestRead, second);
  if (list.status !== 200) return [refused(name, list)];
  const path = dossier === undefined ? undefined : `/dossiers/${encodeURIComponent(dossier)}`;
  const foreign = path === undefined ? undefined : await probe(path, second);
  if (foreign && isLimited(foreign)) return [refused(name, rateLimitedResponse)];
  if (foreign?.status !== 200)
    return [{ chapter, mark: 'ok', text: `${name} reads another organisation.` }];
  const text = `${name} reads a dossier of the first organisation.`;
  const next = `Set ${name} to a key of another organisation. If it already is, the target mixes organisations.`;
  return [{ chapter, mark: 'wrong', text, next }];
};
