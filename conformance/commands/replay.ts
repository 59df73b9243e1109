import { Command } from 'commander';
import { readRegister } from '../../openapi/register.ts';
import { suggest, usageError } from '../errors.ts';
import type { Report, ReportedRule } from '../report/report.ts';
import { exitCodeOf } from '../report/verdict.ts';
import { rules } from '../rules/index.ts';
import { executeRun } from './execute.ts';
import { addTargetOptions, readTargetOptions, type TargetFlags } from './options.ts';
import {
  addReportOption,
  readReport,
  readReportOutputs,
  writeReports,
  type ReportFlags,
} from './report-files.ts';
import type { CommandOptions } from './session.ts';
import type { TargetOptions } from './settings.ts';
import type { CommandContext } from './terminal.ts';

const exitCodesHelp = `
Exit codes: 0 it passes now, 1 it fails again, 2 usage or configuration, 3 unknown,
4 an error in the suite or the target.`;

/** `replay REPORT RULE`: whether a rule that failed in a report still fails. */
export const addReplay = (program: Command, context: CommandContext): void => {
  const command = program
    .command('replay')
    .argument('<report>', 'a JSON report of an earlier run')
    .argument('<rule>', 'a rule that failed in it')
    .description('repeats the failure of a rule, on the target of the report or another');
  addTargetOptions(command, 'that of the report');
  addReportOption(command).addHelpText('after', exitCodesHelp);
  command.action(async (file: string, id: string, flags: ReplayFlags) => {
    const report = readReport(file);
    const failure = findFailure(report, id, file);
    requireRule(id, report);
    const outputs = readReportOutputs(flags.report);
    const options = toCommandOptions(report, failure, readTarget(flags, report));
    const again = await executeRun(options, context);
    const written = writeReports(again.report, outputs, context.terminal, {
      ...{ opened: again.opened, verbose: true, script: flags.script },
    });
    await again.close();
    context.end(again.opened ? describeResult(again.report, id, context) : written);
  });
};

interface ReplayFlags extends TargetFlags, ReportFlags {
  readonly report?: readonly string[];
}

const findFailure = (report: Report, id: string, file: string): ReportedRule => {
  const failed = report.rules.filter(({ outcome }) => outcome === 'failed');
  const found = failed.find((rule) => rule.id === id);
  if (found) return found;
  const reported = report.rules.find((rule) => rule.id === id);
  if (reported) {
    const outcome = reported.outcome.replace('-', ' ');
    throw usageError(`In ${file}, ${id} is ${outcome}: there is no failure to repeat.`);
  }
  throw usageError(
    `The report ${file} has no failed rule ${id}.` +
      `${suggest(
        id,
        failed.map((rule) => rule.id),
      )} Name a rule that failed.`,
  );
};

/** @throws Breakdown when the rule is from another version of the suite */
const requireRule = (id: string, { suite }: Report): void => {
  if (rules.some((rule) => rule.id === id)) return;
  throw usageError(
    `This suite has no rule ${id}. Replay it with version ${suite.version}, which made the report.`,
  );
};

/** The target that the flags name, or else that of the report. */
const readTarget = (flags: TargetFlags, { target }: Report): TargetOptions => {
  const given = flags.target ?? flags.config ?? flags.control ?? flags.start;
  if (given !== undefined) return readTargetOptions(flags);
  const reported = addTargetOptions(new Command()).parse(target.options, { from: 'user' });
  const options = readTargetOptions(reported.opts<TargetFlags>());
  const { timeout, cacert = options.cacert, insecure = options.insecure } = flags;
  return { ...options, timeout, cacert, insecure };
};

/** An ambient rule fails during another rule, which is executed again too. */
const toCommandOptions = (
  report: Report,
  failure: ReportedRule,
  target: TargetOptions,
): CommandOptions => {
  const { id, counterexample } = failure;
  const involved = rules.filter((rule) => rule.id === id || rule.id === counterexample?.during);
  const verified = new Set(involved.flatMap(({ verifies }) => [...verifies]));
  return {
    ...target,
    rules: involved,
    reported: readRegister().filter((requirement) => verified.has(requirement.id)),
    ...{ seed: report.seed, runs: report.runs, path: counterexample?.path ?? undefined },
    ...{ gates: { failOn: report.gates.failOn }, concurrency: 1, partial: true },
  };
};

/** Prints the result. Returns 1 when the rule fails again, 0 when it passes, 3 or 4 when unknown. */
const describeResult = (report: Report, id: string, { terminal }: CommandContext): number => {
  const outcome = report.rules.find((rule) => rule.id === id)?.outcome;
  if (outcome === 'failed') {
    terminal.err(`${id} fails again.\n`);
    return 1;
  }
  if (outcome === 'passed') {
    terminal.err(`${id} passes now.\n`);
    return 0;
  }
  terminal.err(`Whether ${id} still fails is unknown.\n`);
  return report.breakdown ? exitCodeOf(report) : 3;
};
