import type { Fault } from '../fleet/fault.ts';

/** What a tool said of one server, and what that cost. */
export interface Look {
  /** What it complains of, each in words that are the same whenever it is the same complaint. */
  readonly findings: readonly string[];
  /** How many requests reached the server. */
  readonly requests: number;
  readonly milliseconds: number;
}

/** A tool that looks at servers of the fleet. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** What a user would have given it, and the proof has. */
  readonly given: string;
  /**
   * Looks at the server with this fault, or at the honest one.
   *
   * @param round - which look it is; what the tool generates follows from it
   */
  readonly look: (fault: Fault | undefined, round: number) => Promise<Look>;
  readonly close: () => Promise<void>;
}

/** The tool can't be had here; the message says why. */
export class PeerUnavailable extends Error {}

/** How many generated cases each property has, where our own traffic is what is looked at. */
export const runs = 8;
