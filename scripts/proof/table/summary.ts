import type { Requirement } from '../../../openapi/register.ts';
import type { FleetResult } from '../fleet/result.ts';
import { parts, type Circumstances, type Part } from '../record.ts';
import { countAll, type Figures } from './figures.ts';
import { findLacks, findOutdated, type Present } from './lacks.ts';
import { findUnobservable, makeMatrix, type MatrixRow, type Unobservable } from './matrix.ts';
import type { MutationFigures } from './mutation-table.ts';
import { countPeers, type PeersFigures } from './peers-figures.ts';
import type { Records } from './records.ts';
import { countRuns, type SteadinessFigures } from './steadiness-figures.ts';
import { countVariants, type VariantsFigures } from './variants-figures.ts';

/** Where and when a part was measured, and the file beside the proof that holds all of it. */
interface PartSource extends Circumstances {
  readonly record: string;
}

/** The proof, as it is published: what the table shows. The rest stands in the records. */
export interface Proof {
  /** All of it in one line, which the README quotes. */
  readonly headline: string;
  readonly figures: Figures;
  /** What keeps it from holding, in sentences. */
  readonly lacks: readonly string[];
  /** Which parts are older than what there is to judge, in sentences. */
  readonly outdated: readonly string[];
  readonly parts: Readonly<Record<Part, PartSource>>;
  readonly fleet: Pick<FleetResult, 'seeds' | 'runs'>;
  readonly peers: PeersFigures;
  readonly mutation: MutationFigures;
  readonly variants: VariantsFigures;
  readonly steadiness: SteadinessFigures;
  /** The documented statements that are in no row of the matrix. */
  readonly unobservable: readonly Unobservable[];
  readonly matrix: readonly MatrixRow[];
}

export const makeProof = (
  register: readonly Requirement[],
  records: Records,
  present: Present,
): Proof => {
  const { fleet, mutation, variants, steadiness, peers } = records;
  const matrix = makeMatrix(register, fleet, peers);
  const figures = countAll(matrix, records);
  const outdated = findOutdated(records, present);
  // Who reads the figures alone must not take them for those of the code as it is now.
  const age = outdated.length > 0 ? '; some parts are older than the code, as the table says' : '';
  return {
    headline: `${tellHeadline(figures)}${age}`,
    figures,
    lacks: findLacks(figures, records),
    outdated,
    parts: nameSources(records),
    fleet: { seeds: fleet.seeds, runs: fleet.runs },
    peers: countPeers(peers),
    mutation: { areas: mutation.areas, total: mutation.total },
    variants: countVariants(variants),
    steadiness: countRuns(steadiness),
    unobservable: findUnobservable(register),
    matrix,
  };
};

const nameSources = (records: Records): Proof['parts'] => {
  const sources = parts.map((part): [Part, PartSource] => [
    part,
    {
      ...records[part].circumstances,
      // What was missing may have been measured at a later state.
      ...(part === 'fleet' && { commit: records.fleet.commits.join(' and ') }),
      record: `${part}.json`,
    },
  ]);
  return Object.fromEntries(sources) as Record<Part, PartSource>;
};

const tellHeadline = (figures: Figures): string => {
  const { faults, killed, statements, broken, mutantsFound, visibleMutantsFound } = figures;
  const { variants, cleared, runs, steady } = figures;
  return [
    `${killed} of ${faults} faulty servers caught, each by a rule about the statement that it breaks`,
    `of the ${statements} documented statements that a client can see, ${broken} are broken by one of them at least`,
    `${mutantsFound} % of the judged mutants found, or ${visibleMutantsFound} % of those that a client could see break the documentation`,
    `${cleared} of ${variants} lawful variants cleared`,
    `${steady} of ${runs} runs on an honest server without a false alarm`,
  ].join('; ');
};

/** Whether the proof holds: nothing got away, nothing lawful was accused, nothing is left open. */
export const holds = ({ lacks }: Pick<Proof, 'lacks'>): boolean => lacks.length === 0;
