import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';

/** What looking at servers costs. */
export interface Cost {
  /** How many requests reached the server. */
  readonly requests: number;
  readonly milliseconds: number;
}

/** What a tool said of one server, and what that cost. */
export interface PeerFindings extends Cost {
  /** What it complains of, each in words that are the same whenever it is the same complaint. */
  readonly findings: readonly string[];
  /** Why it didn't come to the end; undefined when it did. */
  readonly brokeDown?: string;
}

/** What a tool gets to see of a server, beside its answers. */
export interface Visibility {
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
  readonly sees: Visibility;
  /**
   * Looks at the server with this fault, or at the honest one.
   *
   * @param round - which look it is; what the tool generates follows from it
   */
  readonly look: (fault: FaultyServer | undefined, round: number) => Promise<PeerFindings>;
  readonly close: () => Promise<void>;
}

/** The tool can't be had here; the message says why. */
export class PeerUnavailable extends Error {}

/** The peers that are compared; the first is our own suite. */
export const peerIds = ['suite', 'ambient', 'prism', 'portman', 'respect'] as const;

export type PeerId = (typeof peerIds)[number];

/** How many generated cases each property has, where our own traffic is what is looked at. */
export const casesPerProperty = 8;

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
  readonly honest: HonestFindings;
  /** The faulty servers, each as the peer met it. */
  readonly shown: readonly ShownFault[];
}

/** A faulty server and a peer. When nothing but the fault is said, it looked and found nothing. */
export interface ShownFault extends Cost {
  readonly fault: string;
  /** The first thing that it never said of the honest server: it detects the fault. */
  readonly finding?: string;
  /** Why it wasn't shown the server: the fault is out of its sight. */
  readonly unseen?: string;
  /** Why it didn't come to the end. */
  readonly brokeDown?: string;
}

/** The baseline: what a peer says of the honest server counts nowhere. */
export interface HonestFindings extends Cost {
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
export const countShown = (shown: readonly ShownFault[]) => ({
  shown: shown.length,
  detected: shown.filter(({ finding }) => finding !== undefined).length,
  unseen: shown.filter(({ unseen }) => unseen !== undefined).length,
  brokenDown: shown.filter(({ brokeDown }) => brokeDown !== undefined).length,
  requests: shown.reduce((sum, { requests }) => sum + requests, 0),
  milliseconds: shown.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
});

/**
 * What was measured of a peer before, as far as it still holds: it is the same tool, it was given
 * the same, and the faults are still there. Undefined when it has to be measured anew.
 */
export const keepEarlier = (
  found: PeerResult | undefined,
  { version, given }: Pick<Peer, 'version' | 'given'>,
  faults: readonly string[],
): MeasuredPeer | undefined => {
  if (!found || !isMeasured(found)) return undefined;
  if (found.version !== version || found.given !== given || found.runs !== casesPerProperty)
    return undefined;
  return { ...found, shown: found.shown.filter(({ fault }) => faults.includes(fault)) };
};

const require = createRequire(import.meta.url);

/** The version of a package that this repository depends on. */
export const versionOf = (name: string): string => {
  const text = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

/** Where a file of such a package is. */
export const pathIn = (name: string, file: string): string => require.resolve(`${name}/${file}`);
