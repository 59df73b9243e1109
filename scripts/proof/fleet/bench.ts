import { openBench as openAnyBench, type Judgement, type Judging } from '../bench.ts';
import type { Fault } from './fault.ts';
import { startFaultyServer } from './server.ts';

export interface Bench {
  /**
   * Starts a server with this fault, or an honest one, judges it over HTTP, and stops it.
   *
   * @throws Error when something goes wrong in it that the fault isn't meant to do
   */
  readonly judge: (fault: Fault | undefined, judging: Judging) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

/** What a fault keeps back is not worth the usual patience, in milliseconds. */
const patience = 1_000;

/** Makes ready to judge servers of the fleet, one after the other. */
export const openBench = async (): Promise<Bench> => {
  const bench = await openAnyBench({ patience, timeout: 10_000, concurrency: 1 });
  return {
    judge: async (fault, judging) => {
      const server = await startFaultyServer(fault);
      const judgement = await bench.judge(server, judging);
      const [mishap] = server.mishaps();
      if (mishap === undefined) return judgement;
      const name = fault?.id ?? 'the honest server';
      throw new Error(`In ${name} something went wrong that isn't meant: ${mishap}`);
    },
    close: bench.close,
  };
};
