import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';

/** What running a tool costs. */
export interface Cost {
  /** How many requests reached the server. */
  readonly requests: number;
  readonly milliseconds: number;
}

/** What a tool reported about one server, and what that cost. */
export interface PeerFindings extends Cost {
  /** One text for each finding; the same finding always has the same text. */
  readonly findings: readonly string[];
  /** Why it broke down; undefined when it didn't. */
  readonly brokeDown?: string;
}

/** What a tool sees of a server besides its responses. */
export interface Visibility {
  /** Webhook deliveries. */
  readonly deliveries: boolean;
  /** How keys are given out. */
  readonly keys: boolean;
}

/** A tool that can detect faults. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Its configuration and data, as a user would provide them. */
  readonly given: string;
  readonly visibility: Visibility;
  /**
   * Runs against a server with this fault, or the unmodified server.
   *
   * @param round - the seed of what the tool generates
   */
  readonly run: (fault: FaultyServer | undefined, round: number) => Promise<PeerFindings>;
  readonly close: () => Promise<void>;
}

/** The tool isn't available here; the message says why. */
export class PeerUnavailable extends Error {}

/** The tools that are compared; the first is this suite. */
export const peerIds = ['suite', 'ambient', 'prism', 'portman', 'respect'] as const;

export type PeerId = (typeof peerIds)[number];

/** Generated cases for each property, for the tools that work with the traffic of this suite. */
export const casesPerProperty = 8;

/** What each tool detects of the faulty servers. */
export interface PeersResult {
  readonly peers: readonly PeerResult[];
}

export type PeerResult = MeasuredPeer | UnavailablePeer;

export interface MeasuredPeer {
  readonly id: PeerId;
  readonly name: string;
  readonly version: string;
  readonly given: string;
  /** Generated cases for each property, for the tools that work with the traffic of this suite. */
  readonly runs: number;
  /** The commits at which it was measured: one, or more with `--missing`. */
  readonly commits: readonly string[];
  readonly baseline: BaselineFindings;
  /** The faulty servers that it was run against. */
  readonly shown: readonly ShownFault[];
}

/** The result of one tool for one faulty server. Without any of the optional fields it found nothing. */
export interface ShownFault extends Cost {
  readonly fault: string;
  /** The first finding that it doesn't have on the unmodified server: it detects the fault. */
  readonly finding?: string;
  /** Why it was not run: it can't see the fault. */
  readonly invisible?: string;
  /** Why it broke down. */
  readonly brokeDown?: string;
}

/** The findings on the unmodified server, which are no detections, and the cost of the first round. */
export interface BaselineFindings extends Cost {
  readonly rounds: number;
  readonly findings: readonly string[];
}

export interface UnavailablePeer {
  readonly id: PeerId;
  /** Why it couldn't be run. */
  readonly unavailable: string;
}

export const isMeasured = (peer: PeerResult): peer is MeasuredPeer => 'shown' in peer;

/** Replaces the earlier result of a peer, unless the peer was measured and is now unavailable. */
export const replacePeer = ({ peers }: PeersResult, fresh: PeerResult): PeersResult => {
  const found = peers.find(({ id }) => id === fresh.id);
  if (found && isMeasured(found) && !isMeasured(fresh)) return { peers };
  const others = peers.filter(({ id }) => id !== fresh.id);
  return { peers: [...others, fresh].sort((one, other) => one.id.localeCompare(other.id)) };
};

/** The results for all faulty servers, in numbers. */
export const countShown = (shown: readonly ShownFault[]) => ({
  shown: shown.length,
  detected: shown.filter(({ finding }) => finding !== undefined).length,
  invisible: shown.filter(({ invisible }) => invisible !== undefined).length,
  brokenDown: shown.filter(({ brokeDown }) => brokeDown !== undefined).length,
  requests: shown.reduce((sum, { requests }) => sum + requests, 0),
  milliseconds: shown.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
});

/**
 * The earlier result of a peer, without the faults that no longer exist. Undefined when tool, version
 * or configuration has changed, so that it has to be measured again.
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

/** The path of a file in a package that this repository depends on. */
export const pathIn = (name: string, file: string): string => require.resolve(`${name}/${file}`);
