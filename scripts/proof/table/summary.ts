import type { Requirement } from '../../../openapi/register.ts';
import { countAll, type Figures } from './figures.ts';
import { findLacks, type Present } from './lacks.ts';
import { makeMatrix, type MatrixRow } from './matrix.ts';
import type { Records } from './records.ts';

/** The whole proof, as it is published. */
export interface Proof {
  /** All of it in one line, which the README quotes. */
  readonly headline: string;
  readonly figures: Figures;
  /** What keeps it from holding, in sentences. */
  readonly lacks: readonly string[];
  readonly records: Pick<Records, 'mutation' | 'steadiness' | 'peers'> & {
    readonly variants: Records['variants'];
    readonly fleet: Pick<Records['fleet'], 'circumstances' | 'seeds' | 'runs'>;
  };
  readonly matrix: readonly MatrixRow[];
}

export const makeProof = (
  register: readonly Requirement[],
  records: Records,
  present: Present,
): Proof => {
  const { fleet, mutation, variants, steadiness, peers } = records;
  const { circumstances, seeds, runs } = fleet;
  const matrix = makeMatrix(register, fleet, peers);
  const figures = countAll(matrix, records);
  return {
    headline: tellHeadline(figures),
    figures,
    lacks: findLacks(figures, records, present),
    records: { mutation, variants, steadiness, peers, fleet: { circumstances, seeds, runs } },
    matrix,
  };
};

const tellHeadline = (figures: Figures): string => {
  const { faults, killed, statements, broken, mutantsFound, variants, cleared } = figures;
  return [
    `${killed} of ${faults} faulty servers caught, each by a rule about the statement that it breaks`,
    `${broken} of ${statements} documented statements broken by one at least`,
    `${mutantsFound} % of the mutants that a client could see found`,
    `${cleared} of ${variants} lawful variants cleared`,
    `${figures.steady} of ${figures.runs} runs on an honest server without a false alarm`,
  ].join('; ');
};

/** Whether the proof holds: nothing got away, nothing lawful was accused, nothing is left open. */
export const holds = ({ lacks }: Pick<Proof, 'lacks'>): boolean => lacks.length === 0;
