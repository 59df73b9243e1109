/**
 * `npm run proof:steadiness`: the suite judges the reference server again and again, with other
 * seeds, and some of the times on a loaded machine with late answers. It must find nothing.
 *
 * Exit codes: 0 it found nothing, 1 a rule failed or broke down, 2 usage.
 */
import { newCommand, parseOrExit } from '../command.ts';
import { writeRecord } from './record.ts';
import { startLoad } from './steadiness/load.ts';
import type { SteadinessResult } from './steadiness/result.ts';
import { runOnce, type Lateness, type SteadyRun } from './steadiness/run.ts';

const command = newCommand('proof:steadiness', 'Judge the reference server again and again.')
  .option('--runs <number>', 'runs with seeds of their own', Number, 100)
  .option('--burdened <number>', 'runs under load, with late answers', Number, 20)
  .option('--from <seed>', 'the first seed', Number, 1)
  .option('--profile <name>', 'smoke, standard or thorough', 'standard')
  .option('--beside <number>', 'runs at the same time', Number, 2)
  .option('--threads <number>', 'busy threads beside the burdened runs', Number, 2)
  .option('--latency <ms>', 'how late the answers of burdened runs are', Number, 50)
  .option('--jitter <ms>', 'by how much that varies', Number, 25);
parseOrExit(command);
const { runs, burdened, from, profile, beside, threads, latency, jitter } = command.opts<
  Lateness &
    Readonly<Record<'runs' | 'burdened' | 'from' | 'beside' | 'threads', number>> & {
      readonly profile: string;
    }
>();

/** Judges with one seed after another, some of them at the same time. */
const repeat = async (
  times: number,
  first: number,
  lateness: Lateness | undefined,
): Promise<SteadyRun[]> => {
  const done: SteadyRun[] = [];
  const seeds = Array.from({ length: times }, (_, index) => first + index).values();
  const lane = async (): Promise<void> => {
    for (const seed of seeds) {
      const run = await runOnce(seed, profile, lateness);
      done.push(run);
      console.log(describe(run));
    }
  };
  await Promise.all(Array.from({ length: beside }, lane));
  return done.sort((one, other) => one.seed - other.seed);
};

const describe = ({ seed, exitCode, exchanges, seconds, unsteady }: SteadyRun): string =>
  [`seed ${seed}: exit ${exitCode}, ${exchanges} exchanges, ${seconds} s`, ...unsteady].join(
    '\n  ',
  );

const plain = await repeat(runs, from, undefined);
const stop = burdened > 0 ? startLoad(threads) : () => Promise.resolve();
const late = await repeat(burdened, from + runs, { latency, jitter });
await stop();
const result: SteadinessResult = {
  profile,
  beside,
  plain,
  burdened: late,
  burden: { threads, latency, jitter },
};
writeRecord('steadiness', result);
const unsteady = [...plain, ...late].filter(({ exitCode }) => exitCode !== 0);
console.log(
  `${plain.length} runs and ${late.length} burdened ones; ${unsteady.length} found something.`,
);
process.exitCode = unsteady.length === 0 ? 0 : 1;
