import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { isKilled, type FaultResult, type FleetResult } from '../fleet/result.ts';
import { isMeasured, type PeersResult, type Shown } from '../peers/result.ts';
import { isOwn } from './own-peers.ts';

/** A documented statement, and how the servers that break it fared. */
export interface MatrixRow {
  readonly requirement: RequirementId;
  readonly statement: string;
  readonly faults: readonly MatrixCell[];
}

export interface MatrixCell {
  readonly fault: string;
  readonly does: string;
  readonly killed: boolean;
  /** The rules that killed it, over all seeds. */
  readonly by: readonly string[];
  /** How many rules failed, of those of its areas; undefined where nobody looked. */
  readonly breadth?: { readonly failed: number; readonly judged: number };
  /** The tools of others that detect it. */
  readonly peers: readonly string[];
}

/** A documented statement that no client can observe. */
export interface Unobservable {
  readonly requirement: RequirementId;
  readonly reason: string;
}

/** The statements that a client can see broken, each with the servers that break it. */
export const makeMatrix = (
  register: readonly Requirement[],
  { faults }: Pick<FleetResult, 'faults'>,
  { peers }: PeersResult,
): MatrixRow[] =>
  register.filter(isObservable).map(({ id, statement }) => ({
    requirement: id,
    statement,
    faults: faults
      .filter(({ breaks }) => breaks === id)
      .map((one) => makeCell(one, detecting(one.fault, peers))),
  }));

const isObservable = ({ level, unobservable }: Requirement): boolean =>
  level === 'MUST' && unobservable === undefined;

/** The statements that the matrix leaves out, each with the register's reason. */
export const findUnobservable = (register: readonly Requirement[]): Unobservable[] =>
  register.flatMap(({ id, level, unobservable }) =>
    level === 'MUST' && unobservable !== undefined
      ? [{ requirement: id, reason: unobservable }]
      : [],
  );

const makeCell = (result: FaultResult, peers: readonly string[]): MatrixCell => {
  const { fault, does, kills, survey } = result;
  const by = [...new Set(kills.flatMap((kill) => kill?.rule ?? []))];
  const breadth = survey && { failed: survey.failed.length, judged: survey.judged };
  return { fault, does, killed: isKilled(result), by, ...(breadth && { breadth }), peers };
};

/** What our own suite sees, whole or with its schemas alone, is no detection by others. */
const detecting = (fault: string, peers: PeersResult['peers']): string[] =>
  peers
    .filter(isMeasured)
    .filter(({ id, shown }) => !isOwn(id) && shown.some((one) => isDetected(one, fault)))
    .map(({ id }) => id);

const isDetected = ({ fault, finding }: Shown, wanted: string): boolean =>
  fault === wanted && finding !== undefined;
