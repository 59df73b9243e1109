/**
 * `npm run proof:peers`: tools of others look at the fleet of faulty servers, and so does our own
 * suite. What each detects is kept as the part `peers` of the proof, also while it runs, so
 * that `--missing` goes on where a run was ended.
 *
 * Exit codes: 0 all were measured or can't be had here, 2 usage, 4 a peer broke down at the honest
 * server.
 */
import { Option } from 'commander';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { faultyServers } from './faulty-servers/faults/index.ts';
import { type FaultyServerHarness, openFaultyServerHarness } from './faulty-servers/start.ts';
import { beginRecord, readRecord, recordHelp } from './harness/record.ts';
import { type FaultyServerProxy, openFaultyServerProxy } from './peers/faulty-server-proxy.ts';
import { measure } from './peers/measure.ts';
import {
  countShown,
  isMeasured,
  keepEarlier,
  type Peer,
  type PeerId,
  peerIds,
  type PeerResult,
  type PeersResult,
  PeerUnavailable,
  replacePeer,
} from './peers/peer.ts';
import { openPortman } from './peers/portman.ts';
import { openRespect } from './peers/respect.ts';
import { openAmbientPeer, openPrismPeer, openSuitePeer } from './peers/suite.ts';

const command = newCommand('proof:peers', 'Let tools of others look at the fleet.')
  .addOption(new Option('--peers <ids...>', 'these alone').choices(peerIds).default(peerIds))
  .option('--only <text>', 'faults whose id or requirement contains this', '')
  .option(
    '--missing',
    'show only the faults that the record does not know; it is for you to know that tool and configuration are the same',
    false,
  )
  .option('--rounds <number>', 'looks at the honest server', parseCount, 3)
  .addHelpText('after', `${recordHelp} Some peers alone, or what is missing, are put into it.`);
parseOrExit(command);
const { peers, only, missing, rounds } = command.opts<{
  peers: readonly PeerId[];
  only: string;
  missing: boolean;
  rounds: number;
}>();
const chosen = faultyServers.filter(({ id, breaks }) => `${id} ${breaks}`.includes(only));
const print = (line: string): void => {
  console.log(line);
};

interface PeerContext {
  readonly bench: FaultyServerHarness;
  readonly front: FaultyServerProxy;
}

const open: Readonly<Record<PeerId, (place: PeerContext) => Peer | Promise<Peer>>> = {
  suite: ({ bench }) => openSuitePeer(bench),
  ambient: ({ bench }) => openAmbientPeer(bench),
  prism: ({ front }) => openPrismPeer(front),
  portman: ({ front }) => openPortman(front, print),
  respect: ({ front }) => openRespect(front),
};

const recorded = (): PeersResult => {
  try {
    return readRecord<PeersResult>('peers');
  } catch {
    return { peers: [] };
  }
};

interface Saving {
  readonly commit: string;
  readonly keep: (fresh: PeerResult) => void;
}

const measureOne = async (
  id: PeerId,
  place: PeerContext,
  { commit, keep }: Saving,
): Promise<PeerResult> => {
  try {
    const peer = await open[id](place);
    const found = missing ? recorded().peers.find((one) => one.id === id) : undefined;
    const ids = faultyServers.map((fault) => fault.id);
    const earlier = keepEarlier(found, peer, ids);
    // A kill is a kill by its own reason, so that one look at the honest server tells the cost.
    const measuring = { rounds: id === 'suite' ? 1 : rounds, commit, earlier, tell: print, keep };
    return await measure(id, peer, chosen, measuring).finally(() => peer.close());
  } catch (error) {
    if (error instanceof PeerUnavailable) return { id, unavailable: error.message };
    throw error;
  }
};

const formatPeer = (result: PeerResult): string => {
  if (!isMeasured(result)) return `${result.id}: ${result.unavailable}`;
  const { shown, detected, unseen, requests, milliseconds } = countShown(result.shown);
  const looks = `${requests} requests, ${Math.round(milliseconds / 1000)} s`;
  return `${result.name} detects ${detected} of ${shown} faults, ${unseen} out of its sight; ${looks}.`;
};

await main('proof:peers', async () => {
  const record = beginRecord('peers', command, ['peers', 'missing']);
  const { commit } = record.circumstances;
  const [bench, front] = [await openFaultyServerHarness(), await openFaultyServerProxy()];
  const keep = (fresh: PeerResult): void => {
    record.write(replacePeer(recorded(), fresh));
  };
  try {
    for (const id of peers) {
      const result = await measureOne(id, { bench, front }, { commit, keep });
      keep(result);
      console.log(formatPeer(result));
    }
  } finally {
    await bench.close();
    await front.close();
  }
});
