/**
 * `npm run proof:steadiness`: the suite judges the reference server again and again, with other
 * seeds, and some of the times on a loaded machine with late answers. It must find nothing.
 *
 * Exit codes: 0 it found nothing, 1 a rule didn't pass, 2 usage, 4 it broke down.
 */
import { Option } from 'commander';
import { profiles } from '../../conformance/selection/profiles.ts';
import { main, newCommand, parseCount, parseOrExit } from '../command.ts';
import { parseAmount } from './amounts.ts';
import { beginRecord, recordHelp } from './record.ts';
import { startLoad } from './steadiness/load.ts';
import { repeat } from './steadiness/repeat.ts';
import { isSteady, usualTimes, type SteadinessResult } from './steadiness/result.ts';
import type { Lateness, SteadyRun } from './steadiness/run.ts';

const command = newCommand('proof:steadiness', 'Judge the reference server again and again.')
  .option('--runs <number>', 'runs with seeds of their own', parseCount, usualTimes.plain)
  .option(
    '--burdened <number>',
    'runs under load, with late answers',
    parseAmount,
    usualTimes.burdened,
  )
  .option('--from <seed>', 'the first seed', parseAmount, 1)
  .addOption(
    new Option('--profile <name>', 'how much a run does')
      .choices(Object.keys(profiles))
      .default('standard'),
  )
  .option('--beside <number>', 'runs at the same time', parseCount, 2)
  .option('--threads <number>', 'busy threads beside the burdened runs', parseAmount, 2)
  .option('--latency <ms>', 'how late the answers of burdened runs are', parseAmount, 50)
  .option('--jitter <ms>', 'by how much that varies', parseAmount, 25)
  .addHelpText('after', recordHelp);
parseOrExit(command);
const { runs, burdened, from, profile, beside, threads, latency, jitter } = command.opts<
  Lateness &
    Readonly<Record<'runs' | 'burdened' | 'from' | 'beside' | 'threads', number>> & {
      readonly profile: string;
    }
>();

const tell = ({ seed, exitCode, exchanges, seconds, unsteady }: SteadyRun): void => {
  const head = `seed ${seed}: exit ${exitCode}, ${exchanges} exchanges, ${seconds} s`;
  console.log([head, ...unsteady].join('\n  '));
};

await main('proof:steadiness', async () => {
  const record = beginRecord('steadiness', command);
  const course = { profile, beside, tell };
  const plain = await repeat({ ...course, times: runs, from, lateness: undefined });
  const lateness = { latency, jitter };
  const stop = startLoad(burdened > 0 ? threads : 0);
  const late = await repeat({ ...course, times: burdened, from: from + runs, lateness }).finally(
    stop,
  );
  const burden = { threads, latency, jitter };
  const result: SteadinessResult = { profile, beside, plain, burdened: late, burden };
  record.write(result);
  const unsteady = [...plain, ...late].filter((run) => !isSteady(run)).length;
  console.log(
    `${plain.length} runs and ${late.length} burdened ones; ${unsteady} found something.`,
  );
  process.exitCode = unsteady === 0 ? 0 : 1;
});
