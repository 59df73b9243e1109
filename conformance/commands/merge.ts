import type { Command } from 'commander';
import { readRegister } from '../../openapi/register.ts';
import { mergeReports } from '../merge.ts';
import { rules } from '../rules/index.ts';
import { exitCodeOf } from '../verdict.ts';
import type { Context } from './context.ts';
import { addReportOption, deliver, readOutlets } from './outlets.ts';
import { readReport } from './read-report.ts';
import { exitCodesHelp } from './run.ts';

/** `merge REPORT...`: the verdict of a run that was divided with `--shard`. */
export const addMerge = (program: Command, { terminal, end }: Context): void => {
  const command = program
    .command('merge')
    .argument('<reports...>', 'the JSON reports of all shards of a run')
    .description('puts the reports of runs with --shard together, and tells their verdict');
  addReportOption(command).addHelpText('after', exitCodesHelp);
  command.action((files: string[], texts: { report?: readonly string[] }) => {
    const outlets = readOutlets(texts.report);
    const report = mergeReports(files.map(readReport), { rules, register: readRegister() });
    deliver(report, outlets, terminal);
    end(exitCodeOf(report.verdict, report.rules));
  });
};
