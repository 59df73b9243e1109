import { createHash } from 'node:crypto';
import type { Requirement } from '../../../openapi/register.ts';
import type { FaultyServersResult } from '../faulty-servers/result.ts';
import type { FlakinessResult } from '../flakiness/run.ts';
import { type Circumstances, type Part, parts, type Recorded } from '../harness/record.ts';
import type { MutationReport } from '../mutation/report.ts';
import { isMeasured, type PeersResult } from '../peers/peer.ts';
import type { VariantsResult } from '../variants/result.ts';
import {
  countFaultyServers,
  countPeers,
  countRuns,
  countVariants,
  type Figures,
} from './figures.ts';
import {
  findFaultyServersLacks,
  findFlakinessLacks,
  findMutationLacks,
  findPeersLacks,
  findVariantsLacks,
} from './lacks.ts';

/** The published proof: `results/summary.json`. */
export interface Summary {
  /** The whole proof in one line, which the README quotes. */
  readonly headline: string;
  readonly parts: { readonly [P in Part]: PartSummary<P> };
}

export interface PartSummary<P extends Part> extends Omit<Circumstances, 'commit'> {
  /** The commits at which it was measured: one, or more with `--missing`. */
  readonly commits: readonly string[];
  /** What keeps this part from holding, in sentences. */
  readonly lacks: readonly string[];
  /** The ids of the faults or variants that were judged. */
  readonly ids?: IdsDigest;
  readonly figures: Figures[P];
}

/** Enough to say whether a set of ids has changed. */
export interface IdsDigest {
  readonly count: number;
  /** Of the sorted ids: 12 hexadecimal digits. */
  readonly digest: string;
}

export const digestIds = (ids: readonly string[]): IdsDigest => {
  const text = [...ids].sort().join('\n');
  return {
    count: ids.length,
    digest: createHash('sha256').update(text).digest('hex').slice(0, 12),
  };
};

/** The raw records of this clone. */
export interface Records {
  readonly 'faulty-servers': Recorded<FaultyServersResult>;
  readonly variants: Recorded<VariantsResult>;
  readonly flakiness: Recorded<FlakinessResult>;
  readonly mutation: Recorded<MutationReport>;
  readonly peers: Recorded<PeersResult>;
}

/**
 * The summary of the records that are there; of the other parts it keeps what is published.
 *
 * @throws Error for a part with neither
 */
export const makeSummary = (
  register: readonly Requirement[],
  records: Partial<Records>,
  published?: Summary,
): Summary => {
  const entries = parts.map((part) => {
    const entry = summarize(part, records, register) ?? published?.parts[part];
    if (entry) return [part, entry] as const;
    throw new Error(`The part ${part} was never measured. Run \`npm run proof:${part}\`.`);
  });
  const summaries = Object.fromEntries(entries) as unknown as Summary['parts'];
  return { headline: formatHeadline(summaries), parts: summaries };
};

const summarize = (
  part: Part,
  records: Partial<Records>,
  register: readonly Requirement[],
): PartSummary<Part> | undefined => {
  if (!records[part]) return undefined;
  const { commit, ...circumstances } = records[part].circumstances;
  return {
    ...circumstances,
    commits: [commit],
    ...summarizers[part](records as Records, register),
  };
};

type Summarizer<P extends Part> = (
  records: Records,
  register: readonly Requirement[],
) => Pick<PartSummary<P>, 'lacks' | 'ids' | 'figures'> & Partial<PartSummary<P>>;

const summarizers: { readonly [P in Part]: Summarizer<P> } = {
  'faulty-servers': ({ 'faulty-servers': result }, register) => {
    const figures = countFaultyServers(result, register);
    return {
      commits: result.commits,
      lacks: findFaultyServersLacks(result, figures),
      ids: digestIds(result.faults.map(({ fault }) => fault)),
      figures,
    };
  },
  variants: ({ variants: result }) => ({
    commits: result.commits,
    lacks: findVariantsLacks(result),
    ids: digestIds(result.variants.map(({ id }) => id)),
    figures: countVariants(result),
  }),
  flakiness: ({ flakiness: result }) => ({
    commits: result.commits,
    lacks: findFlakinessLacks(result),
    figures: countRuns(result),
  }),
  mutation: ({ mutation: { areas, total, ...rest } }) => ({
    lacks: findMutationLacks({ areas, total, ...rest }),
    figures: { areas, total },
  }),
  peers: ({ peers: result }) => {
    const measured = result.peers.filter(isMeasured);
    return {
      commits: [...new Set(measured.flatMap(({ commits }) => commits))],
      lacks: findPeersLacks(result),
      ids: digestIds(faultsShownToAll(result)),
      figures: countPeers(result),
    };
  },
};

/** The faulty servers that every measured tool was shown. */
const faultsShownToAll = ({ peers }: PeersResult): string[] => {
  const [first, ...others] = peers
    .filter(isMeasured)
    .map(({ shown }) => new Set(shown.map(({ fault }) => fault)));
  return [...(first ?? [])].filter((fault) => others.every((one) => one.has(fault)));
};

/** The figures in one line. */
export const formatHeadline = (summaries: Summary['parts']): string => {
  const { statements, broken, faults, caught } = summaries['faulty-servers'].figures;
  const { variants, cleared } = summaries.variants.figures;
  const { found, foundOfVisible } = summaries.mutation.figures.total;
  const { unloaded, loaded } = summaries.flakiness.figures;
  return [
    `${caught} of ${faults} faulty servers caught, each by a rule about the statement that it breaks`,
    `of the ${statements} documented statements that a client can see, ${broken} are broken by at least one of them`,
    `${found} % of the judged mutants found, and ${foundOfVisible} % of those that a client could see`,
    `${cleared} of ${variants} lawful variants cleared`,
    `${unloaded.clean + loaded.clean} of ${unloaded.runs + loaded.runs} runs on the reference server without a false alarm`,
  ].join('; ');
};

/** What keeps the proof from holding, in sentences. */
export const findLacks = ({ parts: summaries }: Summary): string[] =>
  parts.flatMap((part) => summaries[part].lacks);
