import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import {
  type FaultyServerResult,
  type FaultyServersResult,
  isCaught,
} from '../faulty-servers/result.ts';
import { type FlakinessResult, isClean, type SuiteRun } from '../flakiness/run.ts';
import { readRecord, type Recorded } from '../harness/record.ts';
import type { MutationReport } from '../mutation/report.ts';
import {
  countShown,
  isMeasured,
  type MeasuredPeer,
  type PeerId,
  type PeersResult,
  type ShownFault,
  type UnavailablePeer,
} from '../peers/peer.ts';
import type { VariantResult, VariantsResult } from '../variants/result.ts';

/** What the proof comes to, in numbers. */
export interface Figures {
  /** Documented statements that a client can see broken. */
  readonly statements: number;
  /** Those of them that a server of the fleet breaks. */
  readonly broken: number;
  readonly faults: number;
  readonly killed: number;
  readonly mutants: number;
  /** Percent of all mutants that were judged. */
  readonly mutantsFound: number;
  /** Percent of those that aren't explained: a client could see them break the documentation. */
  readonly visibleMutantsFound: number;
  readonly unexplained: number;
  readonly notJudged: number;
  readonly variants: number;
  readonly cleared: number;
  readonly runs: number;
  readonly steady: number;
}

export const countAll = (
  matrix: readonly MatrixRow[],
  { fleet, mutation, variants, steadiness }: Records,
): Figures => {
  const runs = [...steadiness.plain, ...steadiness.burdened];
  return {
    statements: matrix.length,
    broken: matrix.filter(({ faults }) => faults.length > 0).length,
    faults: fleet.faults.length,
    killed: fleet.faults.filter(isCaught).length,
    mutants: mutation.total.mutants,
    mutantsFound: mutation.total.found,
    visibleMutantsFound: mutation.total.foundOfVisible,
    unexplained: mutation.total.unexplained,
    notJudged: mutation.total.notJudged,
    variants: variants.variants.length,
    cleared: variants.variants.filter(({ cleared }) => cleared).length,
    runs: runs.length,
    steady: runs.filter(isClean).length,
  };
};

/** What all parts of the proof came to when they were last run. */
export interface Records {
  readonly fleet: Recorded<FaultyServersResult>;
  readonly mutation: Recorded<MutationReport>;
  readonly variants: Recorded<VariantsResult>;
  readonly steadiness: Recorded<FlakinessResult>;
  readonly peers: Recorded<PeersResult>;
}

/** @throws Error when a part has never been run */
export const readRecords = (): Records => ({
  fleet: readRecord('fleet'),
  mutation: readRecord('mutation'),
  variants: readRecord('variants'),
  steadiness: readRecord('steadiness'),
  peers: readRecord('peers'),
});

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
  { faults }: Pick<FaultyServersResult, 'faults'>,
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

const makeCell = (result: FaultyServerResult, peers: readonly string[]): MatrixCell => {
  const { fault, does, kills, survey } = result;
  const by = [...new Set(kills.flatMap((kill) => kill?.rule ?? []))];
  const breadth = survey && { failed: survey.failed.length, judged: survey.judged };
  return { fault, does, killed: isCaught(result), by, ...(breadth && { breadth }), peers };
};

/** What our own suite sees, whole or with its schemas alone, is no detection by others. */
const detecting = (fault: string, peers: PeersResult['peers']): string[] =>
  peers
    .filter(isMeasured)
    .filter(({ id, shown }) => !isOwn(id) && shown.some((one) => isDetected(one, fault)))
    .map(({ id }) => id);

const isDetected = ({ fault, finding }: ShownFault, wanted: string): boolean =>
  fault === wanted && finding !== undefined;

/** How many mutants were found, area by area. */
export type MutationFigures = Pick<MutationReport, 'areas' | 'total'>;

/** What a tool made of the fleet, in numbers. */
export interface PeerFigures {
  readonly id: PeerId;
  readonly name: string;
  readonly version: string;
  readonly given: string;
  /** The states of the repository in which it was measured. */
  readonly commits: readonly string[];
  readonly detected: number;
  readonly shown: number;
  readonly unseen: number;
  readonly brokenDown: number;
  /** How many things it said of the honest server, which count nowhere else. */
  readonly complaints: number;
  readonly cost: { readonly honest: PeerCost; readonly faulty: PeerCost };
}

interface PeerCost {
  readonly requests: number;
  readonly seconds: number;
}

export interface PeersFigures {
  /** Our own suite first. */
  readonly measured: readonly PeerFigures[];
  readonly unavailable: readonly UnavailablePeer[];
}

export const countPeers = ({ peers }: PeersResult): PeersFigures => ({
  measured: peers
    .filter(isMeasured)
    .sort((one, other) => Number(other.id === ownId) - Number(one.id === ownId))
    .map(countPeer),
  unavailable: peers.flatMap((peer) => (isMeasured(peer) ? [] : [peer])),
});

const countPeer = (peer: MeasuredPeer): PeerFigures => {
  const { id, name, version, given, commits, honest, shown: all } = peer;
  const { shown, detected, unseen, brokenDown, requests, milliseconds } = countShown(all);
  return {
    ...{ id, name, version, given, commits, detected, shown, unseen, brokenDown },
    complaints: honest.findings.length,
    cost: {
      honest: { requests: honest.requests, seconds: toSeconds(honest.milliseconds) },
      faulty: { requests, seconds: toSeconds(milliseconds) },
    },
  };
};

const toSeconds = (milliseconds: number): number => Math.round(milliseconds / 1_000);

/** What runs of one kind came to. */
interface RunFigures {
  readonly runs: number;
  readonly steady: number;
  readonly exchanges: number;
  /** The median. */
  readonly seconds: number | undefined;
}

export interface FlakinessFigures extends Pick<
  FlakinessResult,
  'commits' | 'profile' | 'beside' | 'burden'
> {
  readonly plain: RunFigures;
  readonly burdened: RunFigures;
  readonly unsteady: readonly Pick<SuiteRun, 'seed' | 'exitCode' | 'unsteady'>[];
}

export const countRuns = (result: FlakinessResult): FlakinessFigures => {
  const { commits, profile, beside, burden, plain, burdened } = result;
  return {
    ...{ commits, profile, beside, burden },
    plain: countRunsOfKind(plain),
    burdened: countRunsOfKind(burdened),
    unsteady: [...plain, ...burdened]
      .filter((run) => !isClean(run))
      .map(({ seed, exitCode, unsteady }) => ({ seed, exitCode, unsteady })),
  };
};

const countRunsOfKind = (runs: readonly SuiteRun[]): RunFigures => ({
  runs: runs.length,
  steady: runs.filter(isClean).length,
  exchanges: runs.reduce((sum, { exchanges }) => sum + exchanges, 0),
  seconds: median(runs.map(({ seconds }) => seconds)),
});

/** How the variants of one kind fared. */
export interface KindFigures {
  readonly kind: VariantResult['kind'];
  readonly variants: number;
  /** How many rules judged one of them: the median. */
  readonly rules: number | undefined;
  readonly cleared: number;
  readonly accused: number;
  /** Those that were seen to take a decision otherwise. */
  readonly deviating: number;
  readonly requests: number;
}

/** A variant that wasn't cleared. */
interface OpenVariant extends Pick<VariantResult, 'id' | 'varies'> {
  readonly because: readonly string[];
}

export interface VariantsFigures extends Pick<VariantsResult, 'commits'> {
  readonly kinds: readonly KindFigures[];
  readonly open: readonly OpenVariant[];
  /** How many alternatives no server here takes. */
  readonly untried: number;
}

const kinds = ['alternative', 'freedom', 'combination'] as const;

export const countVariants = ({ commits, variants, untried }: VariantsResult): VariantsFigures => ({
  commits,
  kinds: kinds.map((kind) =>
    countVariantsOfKind(
      kind,
      variants.filter((one) => one.kind === kind),
    ),
  ),
  open: variants.filter(({ cleared }) => !cleared).map(explainOpen),
  untried: untried.length,
});

const countVariantsOfKind = (
  kind: VariantResult['kind'],
  these: readonly VariantResult[],
): KindFigures => ({
  kind,
  variants: these.length,
  rules: median(these.map(({ rules }) => rules)),
  cleared: these.filter(({ cleared }) => cleared).length,
  accused: these.filter(({ accusations }) => accusations.length > 0).length,
  deviating: these.filter(({ deviations }) => deviations.length > 0).length,
  requests: these.reduce((sum, { requests }) => sum + requests, 0),
});

/** What kept it from being cleared, as `variants/verdict.ts` sees it. */
const explainOpen = (result: VariantResult): OpenVariant => {
  const { id, varies, accusations, errors, unverified } = result;
  const musts = unverified.filter(({ level }) => level === 'MUST');
  const because = [
    ...accusations.map(({ rule }) => `${rule} failed`),
    ...errors.map(({ rule }) => `${rule} broke down`),
    ...musts.map(({ rule }) => `${rule} verified nothing`),
  ];
  return { id, varies, because: because.length > 0 ? because : ['no rule passed'] };
};

/** How the peers' record names our own suite. */
export const ownId: PeerId = 'suite';

/** Whether it is our own suite, or a part of it: `ambient` is the suite with its schemas alone. */
export const isOwn = (id: PeerId): boolean => id === ownId || id === 'ambient';

/** The middle of these numbers, of an even count the mean of the middle two; none of no numbers. */
export const median = (numbers: readonly number[]): number | undefined => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  if (sorted.length === 0) return undefined;
  const mean = middle.reduce((sum, one) => sum + one, 0) / middle.length;
  // What was measured has one decimal.
  return Math.round(mean * 10) / 10;
};
