import type { Requirement } from '../../../openapi/register.ts';
import { isKilled } from '../fleet/result.ts';
import { makeMatrix, type MatrixRow } from './matrix.ts';
import type { Records } from './records.ts';

/** The whole proof, as it is published. */
export interface Proof {
  /** All of it in one line, which the README quotes. */
  readonly headline: string;
  readonly figures: Figures;
  readonly records: Pick<Records, 'mutation' | 'steadiness' | 'peers'> & {
    readonly variants: Records['variants'];
    readonly fleet: Pick<Records['fleet'], 'circumstances' | 'seeds' | 'runs'>;
  };
  readonly matrix: readonly MatrixRow[];
}

/** What the proof comes to, in numbers. */
export interface Figures {
  /** Documented statements that a client can see broken. */
  readonly statements: number;
  /** Those of them that a server of the fleet breaks. */
  readonly broken: number;
  readonly faults: number;
  readonly killed: number;
  readonly mutants: number;
  /** Percent of the mutants that a client could see. */
  readonly mutantsFound: number;
  readonly unexplained: number;
  readonly notJudged: number;
  readonly variants: number;
  readonly cleared: number;
  readonly runs: number;
  readonly steady: number;
}

export const makeProof = (register: readonly Requirement[], records: Records): Proof => {
  const { fleet, mutation, variants, steadiness, peers } = records;
  const { circumstances, seeds, runs } = fleet;
  const matrix = makeMatrix(register, fleet, peers);
  const figures = count(matrix, records);
  return {
    headline: tellHeadline(figures),
    figures,
    records: { mutation, variants, steadiness, peers, fleet: { circumstances, seeds, runs } },
    matrix,
  };
};

const count = (matrix: readonly MatrixRow[], records: Records): Figures => {
  const { fleet, mutation, variants, steadiness } = records;
  const all = [...steadiness.plain, ...steadiness.burdened];
  return {
    statements: matrix.length,
    broken: matrix.filter(({ faults }) => faults.length > 0).length,
    faults: fleet.faults.length,
    killed: fleet.faults.filter(isKilled).length,
    mutants: mutation.total.mutants,
    mutantsFound: mutation.total.foundOfVisible,
    unexplained: mutation.total.unexplained,
    notJudged: mutation.total.notJudged,
    variants: variants.variants.length,
    cleared: variants.variants.filter(({ cleared }) => cleared).length,
    runs: all.length,
    steady: all.filter(({ exitCode }) => exitCode === 0).length,
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
export const holds = (figures: Figures): boolean =>
  figures.broken === figures.statements &&
  figures.killed === figures.faults &&
  figures.unexplained + figures.notJudged === 0 &&
  figures.cleared === figures.variants &&
  figures.steady === figures.runs;
