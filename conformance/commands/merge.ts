import type { Command } from 'commander';
import { readRegister } from '../../openapi/register.ts';
import { mergeReports } from '../report/merge.ts';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import {
  addReportOption,
  readReport,
  readReportOutputs,
  writeReports,
  type ReportFlags,
} from './report-files.ts';
import { exitCodesHelp } from './run.ts';
import type { CommandContext } from './terminal.ts';

/** `merge REPORT...`: combines the reports of a run that was divided with `--shard`. */
export const addMerge = (program: Command, { terminal, end }: CommandContext): void => {
  const command = program
    .command('merge')
    .argument('<reports...>', 'the JSON reports of all shards of a run')
    .description('combines the reports of all shards of a run, and reports the verdict');
  addReportOption(command).addHelpText('after', exitCodesHelp);
  command.action((files: string[], flags: ReportFlags & { report?: readonly string[] }) => {
    const outputs = readReportOutputs(flags.report);
    const report = mergeReports(files.map(readReport), {
      ...{ rules, register: readRegister() },
      order: readOrder(),
    });
    end(writeReports(report, outputs, terminal, flags));
  });
};
