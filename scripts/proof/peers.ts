/**
 * `npm run proof:peers`: tools of others look at the fleet of faulty servers, and so does our own
 * suite. What each detects is kept as the part `peers` of the proof, also while it runs, so
 * that `--missing` goes on where a run was ended.
 *
 * Exit codes: 0 all were measured or can't be had here, 2 usage, 4 a peer broke down at the honest
 * server.
 */
import { Option } from 'commander';
import { main, newCommand, parseCount, parseOrExit } from '../command.ts';
import { openBench, type Bench } from './fleet/bench.ts';
import { faults } from './fleet/faults/index.ts';
import { openFront, type Front } from './fleet/front.ts';
import { keepEarlier } from './peers/earlier.ts';
import { measure } from './peers/measure.ts';
import { peerIds, PeerUnavailable, type Peer, type PeerId } from './peers/peer.ts';
import { openPortman } from './peers/portman/open.ts';
import { openPrismPeer } from './peers/prism.ts';
import { openRespect } from './peers/respect/open.ts';
import { countShown, isMeasured, replacePeer } from './peers/result.ts';
import type { PeerResult, PeersResult } from './peers/result.ts';
import { openAmbient, openSuite } from './peers/suite.ts';
import { beginRecord, readRecord, recordHelp } from './record.ts';

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
const chosen = faults.filter(({ id, breaks }) => `${id} ${breaks}`.includes(only));
const tell = (line: string): void => {
  console.log(line);
};

interface Place {
  readonly bench: Bench;
  readonly front: Front;
}

const open: Readonly<Record<PeerId, (place: Place) => Peer | Promise<Peer>>> = {
  suite: ({ bench }) => openSuite(bench),
  ambient: ({ bench }) => openAmbient(bench),
  prism: ({ front }) => openPrismPeer(front),
  portman: ({ front }) => openPortman(front, tell),
  respect: ({ front }) => openRespect(front),
};

const recorded = (): PeersResult => {
  try {
    return readRecord<PeersResult>('peers');
  } catch {
    return { peers: [] };
  }
};

interface Keeping {
  readonly commit: string;
  readonly keep: (fresh: PeerResult) => void;
}

const measureOne = async (
  id: PeerId,
  place: Place,
  { commit, keep }: Keeping,
): Promise<PeerResult> => {
  try {
    const peer = await open[id](place);
    const found = missing ? recorded().peers.find((one) => one.id === id) : undefined;
    const ids = faults.map((fault) => fault.id);
    const earlier = keepEarlier(found, peer, ids);
    // A kill is a kill by its own reason, so that one look at the honest server tells the cost.
    const measuring = { rounds: id === 'suite' ? 1 : rounds, commit, earlier, tell, keep };
    return await measure(id, peer, chosen, measuring).finally(() => peer.close());
  } catch (error) {
    if (error instanceof PeerUnavailable) return { id, unavailable: error.message };
    throw error;
  }
};

const describe = (result: PeerResult): string => {
  if (!isMeasured(result)) return `${result.id}: ${result.unavailable}`;
  const { shown, detected, unseen, requests, milliseconds } = countShown(result.shown);
  const looks = `${requests} requests, ${Math.round(milliseconds / 1000)} s`;
  return `${result.name} detects ${detected} of ${shown} faults, ${unseen} out of its sight; ${looks}.`;
};

await main('proof:peers', async () => {
  const record = beginRecord('peers', command, ['peers', 'missing']);
  const { commit } = record.circumstances;
  const [bench, front] = [await openBench(), await openFront()];
  const keep = (fresh: PeerResult): void => {
    record.write(replacePeer(recorded(), fresh));
  };
  try {
    for (const id of peers) {
      const result = await measureOne(id, { bench, front }, { commit, keep });
      keep(result);
      console.log(describe(result));
    }
  } finally {
    await bench.close();
    await front.close();
  }
});
