/**
 * `npm run proof:peers`: runs other tools, and this suite, against the faulty servers. The record is
 * updated while they run, so that `--missing` continues an interrupted run.
 *
 * Exit codes: 0 all were measured or aren't available here, 2 usage, 4 a peer broke down on the
 * unmodified server.
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

const command = newCommand('proof:peers', 'Run other tools against the faulty servers.')
  .addOption(new Option('--peers <ids...>', 'only these').choices(peerIds).default(peerIds))
  .option('--only <text>', 'faults whose id or requirement contains this', '')
  .option(
    '--missing',
    'only the faults that the record does not have, provided that tool and configuration have not changed',
    false,
  )
  .option('--rounds <number>', 'runs on the unmodified server', parseCount, 3)
  .addHelpText('after', `${recordHelp} With --peers or --missing the results are added to it.`);
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
  readonly harness: FaultyServerHarness;
  readonly proxy: FaultyServerProxy;
}

const open: Readonly<Record<PeerId, (context: PeerContext) => Peer | Promise<Peer>>> = {
  suite: ({ harness }) => openSuitePeer(harness),
  ambient: ({ harness }) => openAmbientPeer(harness),
  prism: ({ proxy }) => openPrismPeer(proxy),
  portman: ({ proxy }) => openPortman(proxy, print),
  respect: ({ proxy }) => openRespect(proxy),
};

const recorded = (): PeersResult => readRecord<PeersResult>('peers') ?? { peers: [] };

interface Saving {
  readonly commit: string;
  readonly keep: (fresh: PeerResult) => void;
}

const measureOne = async (
  id: PeerId,
  context: PeerContext,
  { commit, keep }: Saving,
): Promise<PeerResult> => {
  try {
    const peer = await open[id](context);
    const found = missing ? recorded().peers.find((one) => one.id === id) : undefined;
    const ids = faultyServers.map((fault) => fault.id);
    const earlier = keepEarlier(found, peer, ids);
    // A catch has its own reason: for the suite, one run on the unmodified server measures the cost.
    const options = { rounds: id === 'suite' ? 1 : rounds, commit, earlier, print, keep };
    return await measure(id, peer, chosen, options).finally(() => peer.close());
  } catch (error) {
    if (error instanceof PeerUnavailable) return { id, unavailable: error.message };
    throw error;
  }
};

const formatPeer = (result: PeerResult): string => {
  if (!isMeasured(result)) return `${result.id}: ${result.unavailable}`;
  const { shown, detected, invisible, requests, milliseconds } = countShown(result.shown);
  const cost = `${requests} requests, ${Math.round(milliseconds / 1000)} s`;
  return `${result.name} detects ${detected} of ${shown} faults, ${invisible} out of its sight; ${cost}.`;
};

await main('proof:peers', async () => {
  const record = beginRecord('peers', command, ['peers', 'missing']);
  const { commit } = record.circumstances;
  const [harness, proxy] = [await openFaultyServerHarness(), await openFaultyServerProxy()];
  const keep = (fresh: PeerResult): void => {
    record.write(replacePeer(recorded(), fresh));
  };
  try {
    for (const id of peers) {
      const result = await measureOne(id, { harness, proxy }, { commit, keep });
      keep(result);
      console.log(formatPeer(result));
    }
  } finally {
    await harness.close();
    await proxy.close();
  }
});
