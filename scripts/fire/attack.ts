import { createJudge } from './judge.ts';
import { createLedger, type Figures } from './ledger.ts';
import type { Attack, Part } from './part.ts';
import type { ServerProcess, Start } from './server-process.ts';
import { fuzzRequests } from './requests/requests.ts';
import { attackWire } from './wire/wire.ts';
import { attackByKills } from './durability/kills.ts';
import { attackDisk } from './disk/disk.ts';
import { attackByReceivers } from './webhooks/webhooks.ts';
import { attackControl } from './control/control.ts';

const parts: Readonly<Record<string, Part>> = {
  requests: fuzzRequests,
  control: attackControl,
  wire: attackWire,
  kills: attackByKills,
  disk: attackDisk,
  webhooks: attackByReceivers,
};

export const partNames: readonly string[] = Object.keys(parts);

export interface AttackOptions extends Omit<Attack, 'judge'> {
  /** The parts to do, by their names. */
  readonly only: readonly string[];
  /** Takes what came of a part, as soon as it is done. */
  readonly done: (figures: Figures) => void;
}

/** Attacks the reference server with the parts that are asked for, one after the other. */
export const attack = async (options: AttackOptions): Promise<readonly Figures[]> => {
  const { only, done, ...rest } = options;
  const shared = { ...rest, judge: createJudge(rest.contract) };
  const results: Figures[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (!only.includes(name)) continue;
    const ledger = createLedger(name);
    const begin = performance.now();
    const started: ServerProcess[] = [];
    const start: Start = async (launch) => {
      const server = await rest.start(launch);
      started.push(server);
      return server;
    };
    try {
      await part({ ...shared, start, log: rest.log }, ledger);
    } finally {
      // A part that broke down leaves no server behind.
      for (const server of started) if (!server.isGone()) await server.kill();
    }
    const figures = ledger.close(performance.now() - begin);
    results.push(figures);
    done(figures);
  }
  return results;
};
