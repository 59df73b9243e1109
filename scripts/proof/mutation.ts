/**
 * Mutants of the reference server, judged by the conformance rules over HTTP.
 *
 * What is found is kept as it is found, so a run that was cut off goes on where it ended. Exit
 * codes: 0 every mutant is found or explained, 1 some isn't, or an explanation is idle, 2 usage,
 * 4 the judging broke down.
 */
import { Stryker } from '@stryker-mutator/core';
import { Argument, Option } from 'commander';
import { newCommand, parseOrExit } from '../command.ts';
import { areaOf, areas, type Area } from './mutation/areas.ts';
import { readExplanations } from './mutation/explanations.ts';
import { currentEntries, reopen } from './mutation/ledger.ts';
import { printReport } from './mutation/print.ts';
import { isSound, makeReport } from './mutation/report.ts';
import { strykerOptions } from './mutation/stryker-options.ts';
import { writeRecord } from './record.ts';

const all = Object.keys(areas) as Area[];

const command = newCommand('proof:mutation', 'Judge mutants of the reference server by the rules.')
  .addArgument(new Argument('[areas...]', 'which areas to judge').choices(all).default(all))
  .addOption(
    new Option('--workers <number>', 'processes that judge at the same time')
      .argParser(Number)
      .default(1),
  )
  .option('--quick', 'look at each with a few rules; what they miss is to be judged again', false)
  .option('--again', 'judge what was not found before once more, as after a change of rules')
  .option('--only-report', 'judge nothing, tell what is known');
parseOrExit(command);
const chosen = command.processedArgs[0] as Area[];
const { workers, quick, again, onlyReport } = command.opts<{
  workers: number;
  quick: boolean;
  again?: true;
  onlyReport?: true;
}>();

const isIn = (area: Area | undefined): boolean => area !== undefined && chosen.includes(area);
try {
  if (again) reopen((file) => isIn(areaOf(file)));
  if (!onlyReport) await new Stryker(strykerOptions(chosen, { workers, quick })).runMutationTest();
  const report = makeReport(currentEntries(), readExplanations());
  writeRecord('mutation', report);
  console.log(printReport(report));
  process.exitCode = isSound(report) ? 0 : 1;
} catch (error) {
  console.error(`proof:mutation: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 4;
}
