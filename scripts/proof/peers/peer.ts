import type { Fault } from '../fleet/fault.ts';

/** What looking at servers costs. */
export interface Cost {
  /** How many requests reached the server. */
  readonly requests: number;
  readonly milliseconds: number;
}

/** What a tool said of one server, and what that cost. */
export interface Look extends Cost {
  /** What it complains of, each in words that are the same whenever it is the same complaint. */
  readonly findings: readonly string[];
  /** Why it didn't come to the end; undefined when it did. */
  readonly brokeDown?: string;
}

/** What a tool gets to see of a server, beside its answers. */
export interface Sight {
  /** What the server sends by itself. */
  readonly deliveries: boolean;
  /** How keys look when a person is given them. */
  readonly keys: boolean;
}

/** A tool that looks at servers of the fleet. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** What a user would have given it, and the proof has. */
  readonly given: string;
  readonly sees: Sight;
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

/** The peers that are compared; the first is our own suite. */
export const peerIds = ['suite', 'ambient', 'prism', 'portman', 'respect'] as const;

export type PeerId = (typeof peerIds)[number];

/** How many generated cases each property has, where our own traffic is what is looked at. */
export const runs = 8;
