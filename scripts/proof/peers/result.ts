import type { Cost, PeerId } from './peer.ts';

/** What the tools of others detect of the fleet, and what our own suite does. */
export interface PeersResult {
  readonly peers: readonly PeerResult[];
}

export type PeerResult = MeasuredPeer | UnavailablePeer;

export interface MeasuredPeer {
  readonly id: PeerId;
  readonly name: string;
  readonly version: string;
  /** What it was given to work with. */
  readonly given: string;
  /** Generated cases for each property, where our own traffic is what is looked at. */
  readonly runs: number;
  /** The states of the repository in which it was measured: one, or more with `--missing`. */
  readonly commits: readonly string[];
  readonly honest: HonestLook;
  /** The faulty servers, each as the peer met it. */
  readonly shown: readonly Shown[];
}

/** A faulty server and a peer. When nothing but the fault is said, it looked and found nothing. */
export interface Shown extends Cost {
  readonly fault: string;
  /** The first thing that it never said of the honest server: it detects the fault. */
  readonly finding?: string;
  /** Why it wasn't shown the server: the fault is out of its sight. */
  readonly unseen?: string;
  /** Why it didn't come to the end. */
  readonly brokeDown?: string;
}

/** The baseline: what a peer says of the honest server counts nowhere. */
export interface HonestLook extends Cost {
  readonly rounds: number;
  readonly findings: readonly string[];
  // The cost is that of the first round.
}

export interface UnavailablePeer {
  readonly id: PeerId;
  /** Why it couldn't be run. */
  readonly unavailable: string;
}

export const isMeasured = (peer: PeerResult): peer is MeasuredPeer => 'shown' in peer;

/**
 * Puts the result of a peer in the place of its earlier one; what was measured of a peer stays where
 * it can't be had any more.
 */
export const replacePeer = ({ peers }: PeersResult, fresh: PeerResult): PeersResult => {
  const found = peers.find(({ id }) => id === fresh.id);
  if (found && isMeasured(found) && !isMeasured(fresh)) return { peers };
  const others = peers.filter(({ id }) => id !== fresh.id);
  return { peers: [...others, fresh].sort((one, other) => one.id.localeCompare(other.id)) };
};

/** What came of the faulty servers, in numbers. */
export const countShown = (shown: readonly Shown[]) => ({
  shown: shown.length,
  detected: shown.filter(({ finding }) => finding !== undefined).length,
  unseen: shown.filter(({ unseen }) => unseen !== undefined).length,
  brokenDown: shown.filter(({ brokeDown }) => brokeDown !== undefined).length,
  requests: shown.reduce((sum, { requests }) => sum + requests, 0),
  milliseconds: shown.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
});
