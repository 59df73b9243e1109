import { openBench as openAnyBench, type Judgement, type Judging } from '../bench.ts';
import type { Fault } from './fault.ts';
import { startFaultyServer } from './server.ts';

export interface Bench {
  /** Starts a server with this fault, or an honest one, judges it over HTTP, and stops it. */
  readonly judge: (fault: Fault | undefined, judging: Judging) => Promise<Judgement>;
  readonly close: () => Promise<void>;
}

/** What a fault keeps back is not worth the usual patience, in milliseconds. */
const patience = 1_000;

/** Makes ready to judge servers of the fleet, one after the other. */
export const openBench = async (): Promise<Bench> => {
  const bench = await openAnyBench({ patience, timeout: 10_000, concurrency: 1 });
  return {
    judge: async (fault, judging) => bench.judge(await startFaultyServer(fault), judging),
    close: bench.close,
  };
};
