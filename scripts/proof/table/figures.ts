import type { Requirement } from '../../../openapi/register.ts';
import { type FaultyServersResult, isCaught } from '../faulty-servers/result.ts';
import { type FlakinessResult, isClean, type SuiteRun } from '../flakiness/run.ts';
import type { MutationReport } from '../mutation/report.ts';
import {
  countShown,
  isMeasured,
  type MeasuredPeer,
  type PeerId,
  type PeersResult,
  type UnavailablePeer,
} from '../peers/peer.ts';
import type { VariantResult, VariantsResult } from '../variants/result.ts';
import { makeMatrix } from './matrix.ts';

/** What the published proof says about each part, in numbers. */
export interface Figures {
  readonly 'faulty-servers': FaultyServersFigures;
  readonly variants: VariantsFigures;
  readonly flakiness: FlakinessFigures;
  readonly mutation: MutationFigures;
  readonly peers: PeersFigures;
}

export interface FaultyServersFigures {
  /** Documented statements that a client can see broken. */
  readonly statements: number;
  /** Those of them that a faulty server breaks. */
  readonly broken: number;
  readonly faults: number;
  readonly caught: number;
  readonly seeds: readonly number[];
  /** Generated cases for each property. */
  readonly runs: number;
}

export const countFaultyServers = (
  result: FaultyServersResult,
  register: readonly Requirement[],
): FaultyServersFigures => {
  const { faults, seeds, runs } = result;
  const matrix = makeMatrix(register, result);
  return {
    statements: matrix.length,
    broken: matrix.filter((row) => row.faults.length > 0).length,
    faults: faults.length,
    caught: faults.filter(isCaught).length,
    ...{ seeds, runs },
  };
};

/** How many mutants were found, by area. */
export type MutationFigures = Pick<MutationReport, 'areas' | 'total'>;

export interface PeersFigures {
  /** This suite first. */
  readonly measured: readonly PeerFigures[];
  readonly unavailable: readonly UnavailablePeer[];
}

/** What a tool detected of the faulty servers. */
export interface PeerFigures {
  readonly id: PeerId;
  readonly name: string;
  readonly version: string;
  readonly given: string;
  /** The commits at which it was measured. */
  readonly commits: readonly string[];
  readonly detected: number;
  readonly shown: number;
  readonly invisible: number;
  readonly brokenDown: number;
  /** Its findings on the unmodified server. */
  readonly complaints: number;
  readonly cost: { readonly unmodified: PeerCost; readonly faulty: PeerCost };
}

interface PeerCost {
  readonly requests: number;
  readonly seconds: number;
}

export const countPeers = ({ peers }: PeersResult): PeersFigures => ({
  measured: peers
    .filter(isMeasured)
    .sort((one, other) => Number(other.id === ownId) - Number(one.id === ownId))
    .map(countPeer),
  unavailable: peers.flatMap((peer) => (isMeasured(peer) ? [] : [peer])),
});

const countPeer = (peer: MeasuredPeer): PeerFigures => {
  const { id, name, version, given, commits, baseline, shown: all } = peer;
  const { shown, detected, invisible, brokenDown, requests, milliseconds } = countShown(all);
  return {
    ...{ id, name, version, given, commits, detected, shown, invisible, brokenDown },
    complaints: baseline.findings.length,
    cost: {
      unmodified: { requests: baseline.requests, seconds: toSeconds(baseline.milliseconds) },
      faulty: { requests, seconds: toSeconds(milliseconds) },
    },
  };
};

const toSeconds = (milliseconds: number): number => Math.round(milliseconds / 1_000);

/** This suite, among the peers. */
export const ownId: PeerId = 'suite';

/** Whether it is this suite, or a part of it: `ambient` is the suite with its schemas alone. */
export const isOwn = (id: PeerId): boolean => id === ownId || id === 'ambient';

export interface FlakinessFigures extends Pick<
  FlakinessResult,
  'profile' | 'concurrency' | 'load'
> {
  readonly unloaded: RunFigures;
  readonly loaded: RunFigures;
}

interface RunFigures {
  readonly runs: number;
  /** Runs in which every rule passed. */
  readonly clean: number;
  readonly exchanges: number;
  /** The median. */
  readonly seconds: number | undefined;
}

export const countRuns = (result: FlakinessResult): FlakinessFigures => {
  const { profile, concurrency, load, unloaded, loaded } = result;
  return {
    ...{ profile, concurrency, load },
    unloaded: countRunsOfKind(unloaded),
    loaded: countRunsOfKind(loaded),
  };
};

const countRunsOfKind = (runs: readonly SuiteRun[]): RunFigures => ({
  runs: runs.length,
  clean: runs.filter(isClean).length,
  exchanges: sum(runs.map(({ exchanges }) => exchanges)),
  seconds: median(runs.map(({ seconds }) => seconds)),
});

export interface VariantsFigures {
  readonly variants: number;
  readonly cleared: number;
  readonly kinds: readonly KindFigures[];
  /** How many alternatives no server here takes. */
  readonly untested: number;
}

/** The variants of one kind. */
export interface KindFigures {
  readonly kind: VariantResult['kind'];
  readonly variants: number;
  /** How many rules judged one of them: the median. */
  readonly rules: number | undefined;
  readonly cleared: number;
  readonly accused: number;
  /** Those for which a rule reported a deviation from a decision. */
  readonly deviating: number;
  readonly requests: number;
}

const kinds = ['alternative', 'variation', 'combination'] as const;

export const countVariants = ({ variants, untested }: VariantsResult): VariantsFigures => ({
  variants: variants.length,
  cleared: variants.filter(({ cleared }) => cleared).length,
  kinds: kinds.map((kind) =>
    countVariantsOfKind(
      kind,
      variants.filter((one) => one.kind === kind),
    ),
  ),
  untested: untested.length,
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
  requests: sum(these.map(({ requests }) => requests)),
});

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

/** The median, to one decimal; undefined for no numbers. */
export const median = (numbers: readonly number[]): number | undefined => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  if (sorted.length === 0) return undefined;
  return Math.round((sum(middle) / middle.length) * 10) / 10;
};
