import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { isKilled, type FaultResult, type FleetResult } from '../fleet/result.ts';
import type { PeerId } from '../peers/peer.ts';
import { isMeasured, type PeersResult, type Shown } from '../peers/result.ts';

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
  /** The other tools that detect it. */
  readonly peers: readonly string[];
}

/** The statements that a client can see broken, each with the servers that break it. */
export const makeMatrix = (
  register: readonly Requirement[],
  { faults }: Pick<FleetResult, 'faults'>,
  { peers }: PeersResult,
): MatrixRow[] =>
  register.filter(isVisible).map(({ id, statement }) => ({
    requirement: id,
    statement,
    faults: faults
      .filter(({ breaks }) => breaks === id)
      .map((one) => makeCell(one, detecting(one.fault, peers))),
  }));

const isVisible = ({ level, unobservable }: Requirement): boolean =>
  level === 'MUST' && unobservable === undefined;

const makeCell = (result: FaultResult, peers: readonly string[]): MatrixCell => {
  const { fault, does, kills, survey } = result;
  const by = [...new Set(kills.flatMap((kill) => kill?.rule ?? []))];
  const breadth = survey && { failed: survey.failed.length, judged: survey.judged };
  return { fault, does, killed: isKilled(result), by, ...(breadth && { breadth }), peers };
};

/** Our own suite is told in columns of its own. */
const detecting = (fault: string, peers: PeersResult['peers']): string[] =>
  peers
    .filter(isMeasured)
    .filter(({ id, shown }) => id !== ownId && shown.some((one) => isDetected(one, fault)))
    .map(({ id }) => id);

const isDetected = ({ fault, finding }: Shown, wanted: string): boolean =>
  fault === wanted && finding !== undefined;

/** How the peers' record names our own suite. */
export const ownId: PeerId = 'suite';
