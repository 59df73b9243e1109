import { Command } from 'commander';
import { readRegister } from '../../openapi/register.ts';
import { suggest, usageError } from '../errors.ts';
import type { Report, ReportedRule } from '../report/report.ts';
import { exitCodeOfVerdict } from '../report/verdict.ts';
import { rules } from '../rules/index.ts';
import { executeRun, type RunOptions } from './execute.ts';
import { addTargetOptions, readTargetOptions, type TargetFlags } from './options.ts';
import { addReportOption, readReport, readReportOutputs, writeReports } from './report-files.ts';
import type { TargetOptions } from './settings.ts';
import type { CommandContext } from './terminal.ts';

const exitCodesHelp = `
Exit codes: 0 it passes now, 1 it fails again, 2 usage or configuration, 3 it can't be said,
4 the suite or the target broke down.`;

/** `replay REPORT RULE`: whether a failure that a report tells of is still there. */
export const addReplay = (program: Command, context: CommandContext): void => {
  const command = program
    .command('replay')
    .argument('<report>', 'a JSON report of an earlier run')
    .argument('<rule>', 'a rule that failed in it')
    .description('repeats the failure of a rule, on the target of the report or another');
  addTargetOptions(command, 'that of the report');
  addReportOption(command).addHelpText('after', exitCodesHelp);
  command.action(async (file: string, id: string, texts: ReplayFlags) => {
    const report = readReport(file);
    const failure = findFailure(report, id, file);
    requireRule(id, report);
    const outlets = readReportOutputs(texts.report);
    const trial = toRunOptions(report, failure, readTarget(texts, report));
    const again = await executeRun(trial, context);
    writeReports(again, outlets, context.terminal);
    context.end(describeResult(again, id, context));
  });
};

interface ReplayFlags extends TargetFlags {
  readonly report?: readonly string[];
}

const findFailure = (report: Report, id: string, file: string): ReportedRule => {
  const failed = report.rules.filter(({ outcome }) => outcome === 'failed');
  const found = failed.find((rule) => rule.id === id);
  if (found) return found;
  const told = report.rules.find((rule) => rule.id === id);
  if (told)
    throw usageError(`In ${file} ${id} is ${told.outcome.replace('-', ' ')}: nothing to repeat.`);
  throw usageError(
    `${file} tells of no rule ${id}.` +
      `${suggest(
        id,
        failed.map((rule) => rule.id),
      )} Name one that failed in it.`,
  );
};

/** A later suite may have dropped the rule. */
const requireRule = (id: string, { suite }: Report): void => {
  if (rules.some((rule) => rule.id === id)) return;
  throw usageError(
    `This suite has no rule ${id}. Replay it with version ${suite.version}, which made the report.`,
  );
};

/** The target that the options name, or else the one that the report names. */
const readTarget = (texts: TargetFlags, { target }: Report): TargetOptions => {
  const given = texts.target ?? texts.config ?? texts.control ?? texts.start;
  if (given !== undefined) return readTargetOptions(texts);
  const words = addTargetOptions(new Command()).parse(target.options, { from: 'user' });
  const { timeout } = texts;
  return { ...readTargetOptions(words.opts<TargetFlags>()), timeout };
};

/** An ambient rule saw its failure in an exchange of another rule: that one is to be repeated. */
const toRunOptions = (report: Report, failure: ReportedRule, target: TargetOptions): RunOptions => {
  const { id, counterexample } = failure;
  const involved = rules.filter((rule) => rule.id === id || rule.id === counterexample?.during);
  const verified = new Set(involved.flatMap(({ verifies }) => [...verifies]));
  return {
    ...target,
    rules: involved,
    told: readRegister().filter((requirement) => verified.has(requirement.id)),
    leftOut: () => undefined,
    ...{ partial: true, shard: undefined, baseline: new Map<string, string>() },
    ...{ seed: report.seed, runs: report.runs, path: counterexample?.path ?? undefined },
    ...{ strict: report.strict, concurrency: 1, maxRps: undefined, readOnly: false },
  };
};

/** 1 when it fails again, 0 when it passes now, 3 or 4 when that can't be said. */
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
  terminal.err(`Whether ${id} still fails can't be said.\n`);
  return exitCodeOfVerdict('incomplete', report.rules);
};
