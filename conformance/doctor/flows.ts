import type { Contract } from '../../openapi/contract.ts';
import { pageSizes } from '../contract/operations.ts';
import { dossierTypes } from '../contract/resources.ts';
import type { DescribedKeys } from '../targets/description.ts';
import type { Keys } from '../targets/keys.ts';
import type { Omission } from '../targets/target.ts';
import type { Finding } from './findings.ts';
import type { ProbeAnswer } from './probe.ts';

const chapter = 'Keys';

export interface FlowCheck {
  readonly contract: Contract;
  readonly keys: Pick<Keys, 'key' | 'second'>;
  /** The names of the variables that hold the keys. */
  readonly variables: DescribedKeys;
  readonly omissions: readonly Omission[];
  /** Sends a GET; undefined without a response. */
  readonly probe: (path: string, key: string) => Promise<ProbeAnswer | undefined>;
}

/**
 * Checks whether the organisations that a run works in have a default flow of each type of dossier.
 * Without one, a target may refuse a new dossier (LG-DOS-028), and still be conformant.
 *
 * @returns no finding for flows that can't be read, which are left to the rules
 */
export const checkFlows = async (check: FlowCheck): Promise<Finding[]> => {
  const { contract, keys, variables, omissions } = check;
  const omitted = omissions.flatMap(({ operations = [] }) => operations);
  if (omitted.includes('listFlows') || omitted.includes('createDossier')) return [];
  const orgs = [
    [keys.key, variables.allScopes ?? 'the key'],
    [keys.second, variables.secondOrganization ?? 'the second key'],
  ] as const;
  const findings: Finding[] = [];
  for (const [key, name] of orgs) {
    const flows = key === undefined ? undefined : await readFlows(check, key);
    if (flows === undefined) continue;
    const lacking = dossierTypes(contract).filter(
      (type) => !flows.some((flow) => flow.is_default && flow.type === type),
    );
    findings.push(describeFlows(name, lacking));
  }
  return findings;
};

const describeFlows = (name: string, lacking: readonly string[]): Finding => {
  const organization = `The organisation of ${name}`;
  if (lacking.length === 0) {
    const text = `${organization} has a default flow for each type of dossier.`;
    return { chapter, mark: 'ok', text };
  }
  const type = lacking.length === 1 ? 'that type' : 'each of these types';
  return {
    ...{ chapter, mark: 'wrong' },
    text:
      `${organization} has no default flow for ${lacking.join(' and ')} dossiers, ` +
      'so none can be created without naming a flow.',
    next:
      `Make a flow of ${type} the default under Settings, ` +
      'or point the suite at another organisation.',
  };
};

/** The fields that are checked. */
interface Flow {
  readonly id: string;
  readonly type: string;
  readonly is_default: boolean;
}

/** Longer lists aren't read to the end. */
const mostPages = 100;

/** All flows of an organisation; undefined when they can't be read to the end. */
const readFlows = async (
  { contract, probe }: FlowCheck,
  key: string,
): Promise<readonly Flow[] | undefined> => {
  const { path } = contract.operations.listFlows;
  const size = String(pageSizes(contract, 'listFlows').maximum);
  const flows = new Map<string, Flow>();
  for (let number = 1; number <= mostPages; number += 1) {
    const answer = await probe(`${path}?page=${String(number)}&per_page=${size}`, key);
    const page = answer && pageIn(answer, dossierTypes(contract));
    if (page === undefined) return undefined;
    const before = flows.size;
    for (const flow of page.flows) flows.set(flow.id, flow);
    if (flows.size >= page.total) return [...flows.values()];
    // The total is larger than the number of flows.
    if (flows.size === before) return undefined;
  }
  return undefined;
};

/** Undefined unless it is a successful and well-formed page. */
const pageIn = (
  { status, json }: ProbeAnswer,
  types: readonly string[],
): { readonly flows: readonly Flow[]; readonly total: number } | undefined => {
  const { data, meta } = (json ?? {}) as { data?: unknown; meta?: { total?: unknown } | null };
  const total = meta?.total;
  if (status !== 200 || !Array.isArray(data) || typeof total !== 'number') return undefined;
  const flows = data.filter((item): item is Flow => isFlow(item, types));
  return flows.length === data.length ? { flows, total } : undefined;
};

const isFlow = (item: unknown, types: readonly string[]): item is Flow => {
  const { id, type, is_default } = (item ?? {}) as Readonly<Record<string, unknown>>;
  const known = typeof type === 'string' && types.includes(type);
  return typeof id === 'string' && known && typeof is_default === 'boolean';
};
