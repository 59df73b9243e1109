/**
 * `npm run proof:flakiness`: runs the suite against the reference server with many seeds, some of the
 * runs on a loaded machine with late responses. Every rule must pass in every run. The record is
 * updated after each run, so that `--missing` continues an interrupted measurement.
 *
 * Exit codes: 0 every rule passed, 1 a rule didn't pass, 2 usage, 4 it broke down.
 */
import { Option } from 'commander';
import { profiles } from '../../conformance/runner/selection.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import {
  addRun,
  defaultRuns,
  type Delay,
  type FlakinessResult,
  isClean,
  runSeeds,
  seedsLeft,
  startCpuLoad,
  type SuiteRun,
} from './flakiness/run.ts';
import { parseAmount } from './harness/command-options.ts';
import { beginRecord, readRecord, recordHelp } from './harness/record.ts';

const command = newCommand('proof:flakiness', 'Run the suite on the reference server many times.')
  .option('--runs <number>', 'runs, each with another seed', parseCount, defaultRuns.unloaded)
  .option(
    '--burdened <number>',
    'runs under load, with late responses',
    parseAmount,
    defaultRuns.loaded,
  )
  .option('--from <seed>', 'the first seed', parseAmount, 1)
  .addOption(
    new Option('--profile <name>', 'how much a run does')
      .choices(Object.keys(profiles))
      .default('standard'),
  )
  .option('--beside <number>', 'runs at the same time', parseCount, 2)
  .option('--threads <number>', 'busy threads during the runs under load', parseAmount, 2)
  .option('--latency <ms>', 'how late responses are in runs under load', parseAmount, 50)
  .option('--jitter <ms>', 'by how much that varies', parseAmount, 25)
  .option('--missing', 'only the seeds that the record does not have', false)
  .addHelpText('after', recordHelp);
parseOrExit(command);
const {
  runs,
  burdened: loadedRuns,
  from,
  profile,
  beside: concurrency,
  threads,
  latency,
  jitter,
  missing,
} = command.opts<
  Delay &
    Readonly<Record<'runs' | 'burdened' | 'from' | 'beside' | 'threads', number>> & {
      readonly profile: string;
      readonly missing: boolean;
    }
>();

const noRuns: FlakinessResult = {
  ...{ commits: [], profile, concurrency, unloaded: [], loaded: [] },
  load: { threads, latency, jitter },
};

const recorded = (): FlakinessResult => {
  const record = readRecord<FlakinessResult>('flakiness');
  if (!record) return noRuns;
  const { commits, unloaded, loaded } = record;
  return { ...noRuns, commits, unloaded, loaded };
};

const print = ({ seed, exitCode, exchanges, seconds, notPassed }: SuiteRun): void => {
  const head = `seed ${seed}: exit ${exitCode}, ${exchanges} exchanges, ${seconds} s`;
  console.log([head, ...notPassed].join('\n  '));
};

await main('proof:flakiness', async () => {
  const record = beginRecord('flakiness', command, ['missing']);
  let result = missing ? recorded() : noRuns;
  const seeds = {
    unloaded: seedsLeft({ from, times: runs }, result.unloaded),
    loaded: seedsLeft({ from: from + runs, times: loadedRuns }, result.loaded),
  };
  console.log(`To do: ${seeds.unloaded.length} runs, and ${seeds.loaded.length} under load.`);
  const commits = [...new Set([...result.commits, record.circumstances.commit])];
  const runAll = (kind: 'unloaded' | 'loaded', delay?: Delay) =>
    runSeeds({
      ...{ seeds: seeds[kind], profile, concurrency, delay },
      onResult: (run) => {
        print(run);
        result = { ...result, commits, [kind]: addRun(result[kind], run) };
        record.write(result);
      },
    });
  await runAll('unloaded');
  const stop = startCpuLoad(seeds.loaded.length > 0 ? threads : 0);
  await runAll('loaded', { latency, jitter }).finally(stop);
  const notClean = [...result.unloaded, ...result.loaded].filter((run) => !isClean(run)).length;
  console.log(
    `${result.unloaded.length} runs and ${result.loaded.length} under load; in ${notClean} of them a rule didn't pass.`,
  );
  process.exitCode = notClean === 0 ? 0 : 1;
});
