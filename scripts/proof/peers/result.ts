/** What the tools of others detect of the fleet, and what our own suite does. */
export interface PeersResult {
  readonly peers: readonly PeerResult[];
}

export type PeerResult = MeasuredPeer | UnavailablePeer;

export interface MeasuredPeer {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** What it was given to work with. */
  readonly given: string;
  readonly honest: HonestLook;
  /** How many faulty servers it was shown. */
  readonly faults: number;
  readonly detected: readonly Detection[];
  readonly undetected: readonly Miss[];
  /** At all faulty servers together. */
  readonly requests: number;
  readonly seconds: number;
}

export interface Detection {
  readonly fault: string;
  /** The first thing that it never said of the honest server. */
  readonly finding: string;
}

export interface Miss {
  readonly fault: string;
  /**
   * Undefined when it looked and found nothing. Otherwise why it couldn't look: only what the server
   * sends by itself is wrong, and it looks at none of that; or it broke down.
   */
  readonly unseen?: string;
}

/** The baseline: what a peer says of the honest server counts nowhere. */
export interface HonestLook {
  readonly rounds: number;
  readonly findings: readonly string[];
  /** Of the first round. */
  readonly requests: number;
  readonly seconds: number;
}

export interface UnavailablePeer {
  readonly id: string;
  /** Why it couldn't be run. */
  readonly unavailable: string;
}

/** Puts the result of a peer in the place of its earlier one. */
export const replacePeer = ({ peers }: PeersResult, fresh: PeerResult): PeersResult => {
  const others = peers.filter(({ id }) => id !== fresh.id);
  return { peers: [...others, fresh].sort((one, other) => one.id.localeCompare(other.id)) };
};
