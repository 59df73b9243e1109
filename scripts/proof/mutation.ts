/**
 * `npm run proof:mutation`: mutants of the reference server, judged by the rules over HTTP.
 *
 * Results are written as they are found, so that a new run continues an interrupted one. After a change
 * of contract, server, rules or mutation code all mutants are judged again.
 *
 * Exit codes: 0 every mutant is found or explained, 1 some isn't, or an explanation is unused, 2 usage,
 * 4 it broke down.
 */
import { Stryker } from '@stryker-mutator/core';
import { Argument } from 'commander';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { beginRecord, recordHelp } from './harness/record.ts';
import { type Area, areas, strykerOptions } from './mutation/config.ts';
import { readExplanations } from './mutation/explanations.ts';
import { currentResults, lockRuns } from './mutation/results.ts';
import { formatReport, isSound, makeReport } from './mutation/report.ts';

const all = Object.keys(areas) as Area[];

const command = newCommand(
  'proof:mutation',
  'Run the rules against mutants of the reference server.',
)
  .addArgument(new Argument('[areas...]', 'which areas to judge').choices(all).default(all))
  .option('--workers <number>', 'processes at the same time', parseCount, 1)
  .option('--only-report', 'judge nothing, print the results so far', false)
  .addHelpText('after', recordHelp);
parseOrExit(command);
const chosen = command.processedArgs[0] as Area[];
const { workers, onlyReport } = command.opts<{ workers: number; onlyReport: boolean }>();

const judge = async (): Promise<void> => {
  const release = lockRuns();
  try {
    for (const pass of ['quick', 'whole'] as const) {
      await new Stryker(strykerOptions(chosen, { workers, pass })).runMutationTest();
    }
  } finally {
    release();
  }
};

await main('proof:mutation', async () => {
  const record = beginRecord('mutation', command, ['workers', 'onlyReport']);
  if (!onlyReport) await judge();
  const report = makeReport(currentResults(), readExplanations());
  if (!onlyReport && chosen.length === all.length) record.write(report);
  console.log(formatReport(report, chosen));
  process.exitCode = isSound(report, chosen) ? 0 : 1;
});
