/**
 * `npm run proof:peers`: tools of others look at the fleet of faulty servers, and so does our own
 * suite. What each detects is kept as the part `peers` of the proof, also while it runs, so
 * that `--missing` goes on where a run was ended.
 *
 * Exit codes: 0 all were measured or can't be had here, 2 usage, 4 a peer broke down at the honest
 * server.
 */
import { Option } from 'commander';
import { newCommand, parseOrExit } from '../command.ts';
import { openBench } from './fleet/bench.ts';
import { faults } from './fleet/faults/index.ts';
import { openFront } from './fleet/front.ts';
import { measure } from './peers/measure.ts';
import { PeerUnavailable, type Peer } from './peers/peer.ts';
import { openPortman } from './peers/portman/open.ts';
import { openPrismPeer } from './peers/prism.ts';
import { openRespect } from './peers/respect/open.ts';
import {
  replacePeer,
  type MeasuredPeer,
  type PeerResult,
  type PeersResult,
} from './peers/result.ts';
import { openAmbient, openSuite } from './peers/suite.ts';
import { readRecord, writeRecord } from './record.ts';

const ids = ['suite', 'ambient', 'prism', 'portman', 'respect'] as const;
type Id = (typeof ids)[number];

const command = newCommand('proof:peers', 'Let tools of others look at the fleet.')
  .addOption(new Option('--peers <ids...>', 'these alone').choices(ids).default([...ids]))
  .option('--only <text>', 'faults whose id or requirement contains this; leaves no record', '')
  .option('--missing', 'faults that the record does not know yet, alone', false)
  .option('--rounds <number>', 'looks at the honest server', Number, 3);
parseOrExit(command);
const { peers, only, missing, rounds } = command.opts<{
  peers: Id[];
  only: string;
  missing: boolean;
  rounds: number;
}>();
const chosen = faults.filter(({ id, breaks }) => `${id} ${breaks}`.includes(only));
const front = await openFront();
const bench = await openBench();
const tell = (line: string): void => {
  console.log(line);
};

const open: Readonly<Record<Id, () => Peer | Promise<Peer>>> = {
  suite: () => openSuite(bench),
  ambient: () => openAmbient(bench),
  prism: () => openPrismPeer(front),
  portman: () => openPortman(front, tell),
  respect: () => openRespect(front),
};

const recorded = (): PeersResult => {
  try {
    return readRecord<PeersResult>('peers');
  } catch {
    return { peers: [] };
  }
};

const keep = (fresh: PeerResult): void => {
  if (only === '') writeRecord('peers', replacePeer(recorded(), fresh));
};

const earlierOf = (id: Id): MeasuredPeer | undefined => {
  const found = missing ? recorded().peers.find((one) => one.id === id) : undefined;
  return found && 'honest' in found ? found : undefined;
};

const measureOne = async (id: Id): Promise<PeerResult> => {
  try {
    const peer = await open[id]();
    const own = id === 'suite';
    // A kill is a kill by its own reason, so that one look at the honest server tells the cost.
    const looks = { rounds: own ? 1 : rounds, seesDeliveries: own };
    const measuring = { ...looks, earlier: earlierOf(id), tell, keep };
    try {
      return await measure(id, peer, chosen, measuring);
    } finally {
      await peer.close();
    }
  } catch (error) {
    if (error instanceof PeerUnavailable) return { id, unavailable: error.message };
    throw error;
  }
};

try {
  for (const id of peers) {
    const result = await measureOne(id);
    keep(result);
    console.log(
      'unavailable' in result
        ? `${id}: ${result.unavailable}`
        : `${result.name} detects ${result.detected.length} of ${result.faults} faults, ` +
            `${result.requests} requests, ${Math.round(result.seconds)} s.`,
    );
  }
} catch (error) {
  console.error(`proof:peers: ${String(error)}`);
  process.exitCode = 4;
} finally {
  await bench.close();
  await front.close();
}
