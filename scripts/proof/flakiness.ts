/**
 * `npm run proof:steadiness`: the suite judges the reference server again and again, with other
 * seeds, and some of the times on a loaded machine with late answers. It must find nothing. What was
 * run is kept also while it goes on, so that `--missing` goes on where it was ended.
 *
 * Exit codes: 0 it found nothing, 1 a rule didn't pass, 2 usage, 4 it broke down.
 */
import { Option } from 'commander';
import { profiles } from '../../conformance/runner/selection.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import {
  addRun,
  type Delay,
  type FlakinessResult,
  isClean,
  runSeeds,
  seedsLeft,
  startCpuLoad,
  type SuiteRun,
  usualRuns,
} from './flakiness/run.ts';
import { parseAmount } from './harness/command-options.ts';
import { beginRecord, readRecord, recordHelp } from './harness/record.ts';

const command = newCommand('proof:steadiness', 'Judge the reference server again and again.')
  .option('--runs <number>', 'runs with seeds of their own', parseCount, usualRuns.plain)
  .option(
    '--burdened <number>',
    'runs under load, with late answers',
    parseAmount,
    usualRuns.burdened,
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
  .option('--missing', 'only the seeds that the record does not have', false)
  .addHelpText('after', recordHelp);
parseOrExit(command);
const { runs, burdened, from, profile, beside, threads, latency, jitter, missing } = command.opts<
  Delay &
    Readonly<Record<'runs' | 'burdened' | 'from' | 'beside' | 'threads', number>> & {
      readonly profile: string;
      readonly missing: boolean;
    }
>();

const noRuns: FlakinessResult = {
  ...{ commits: [], profile, beside, plain: [], burdened: [] },
  burden: { threads, latency, jitter },
};

const recorded = (): FlakinessResult => {
  try {
    const found = readRecord<FlakinessResult>('steadiness');
    return { ...noRuns, commits: found.commits, plain: found.plain, burdened: found.burdened };
  } catch {
    return noRuns;
  }
};

const print = ({ seed, exitCode, exchanges, seconds, unsteady }: SuiteRun): void => {
  const head = `seed ${seed}: exit ${exitCode}, ${exchanges} exchanges, ${seconds} s`;
  console.log([head, ...unsteady].join('\n  '));
};

await main('proof:steadiness', async () => {
  const record = beginRecord('steadiness', command, ['missing']);
  let result = missing ? recorded() : noRuns;
  const plainSeeds = seedsLeft({ from, times: runs }, result.plain);
  const seeds = seedsLeft({ from: from + runs, times: burdened }, result.burdened);
  console.log(
    `To do: ${plainSeeds.length} plain runs, ${seeds.length} burdened ones (--burdened).`,
  );
  const commits = [...new Set([...result.commits, record.circumstances.commit])];
  const repeatSome = (kind: 'plain' | 'burdened', seeds: readonly number[], late?: Delay) =>
    runSeeds({
      ...{ seeds, profile, beside, lateness: late },
      tell: (run) => {
        print(run);
        result = { ...result, commits, [kind]: addRun(result[kind], run) };
        record.write(result);
      },
    });
  await repeatSome('plain', plainSeeds);
  const stop = startCpuLoad(seeds.length > 0 ? threads : 0);
  await repeatSome('burdened', seeds, { latency, jitter }).finally(stop);
  const unsteady = [...result.plain, ...result.burdened].filter((run) => !isClean(run)).length;
  console.log(
    `${result.plain.length} runs and ${result.burdened.length} burdened ones; ${unsteady} found something.`,
  );
  process.exitCode = unsteady === 0 ? 0 : 1;
});
