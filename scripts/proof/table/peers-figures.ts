import type { PeerId } from '../peers/peer.ts';
import {
  countShown,
  isMeasured,
  type MeasuredPeer,
  type PeersResult,
  type UnavailablePeer,
} from '../peers/result.ts';
import { ownId } from './own-peers.ts';

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
