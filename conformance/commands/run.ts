import type { Command } from 'commander';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { usageError } from '../errors.ts';
import { exitCodeOfVerdict } from '../report/verdict.ts';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import { readBaseline } from '../runner/outcome.ts';
import {
  catalogueOf,
  type ExclusionReason,
  type ProfileName,
  profiles,
  readSelection,
  rulesOfProfile,
} from '../runner/selection.ts';
import { executeRun } from './execute.ts';
import {
  addNameOptions,
  addPartOptions,
  addProfileOption,
  addTargetOptions,
  readCount,
  readPath,
  readRate,
  readSelectionOptions,
  readTargetOptions,
  readWhole,
  type ShardFlags,
  type TargetFlags,
} from './options.ts';
import { addReportOption, readReportOutputs, writeReports } from './report-files.ts';
import type { CommandOptions } from './session.ts';
import type { CommandContext } from './terminal.ts';

export const exitCodesHelp = `
Exit codes: 0 conformant, 1 non-conformant, 2 usage or configuration, 3 incomplete,
4 an error in the suite or the target.`;

const concurrencyHelp =
  'rules executed at the same time (default: 4, or 1 in an organisation that they share)';

/** `run`, the default command. */
export const addRun = (program: Command, context: CommandContext): void => {
  const command = program.command('run').description('tests a target and reports the verdict');
  addTargetOptions(command);
  addPartOptions(addNameOptions(command, 'run'));
  command
    .optionsGroup('Verdict:')
    .option('--read-only', 'send reads only, and omit what needs more')
    .option('--baseline <file>', 'known failures: JSON of rule ids with reasons')
    .option('--strict', 'a deviation from a SHOULD fails the run')
    .optionsGroup('Generated cases:');
  addProfileOption(command)
    .option(
      '--seed <number>',
      'seed of the generated cases; the same seed repeats a run',
      readWhole,
    )
    .option('--runs <number>', 'cases for each property; overrides those of the profile', readCount)
    .option('--path <path>', 'run only this case of one rule; reports show the path', readPath)
    .optionsGroup('Pace:')
    .option('--concurrency <number>', concurrencyHelp, readCount)
    .option('--max-rps <number>', 'requests per second at most', readRate);
  addReportOption(command).addHelpText('after', exitCodesHelp);
  command.action(async (flags: RunFlags) => {
    const options = readCommandOptions(flags, context.randomSeed);
    const outputs = readReportOutputs(flags.report);
    const report = await executeRun(options, context);
    writeReports(report, outputs, context.terminal);
    context.end(exitCodeOfVerdict(report.verdict, report.rules));
  });
};

interface RunFlags extends TargetFlags, ShardFlags {
  readonly readOnly?: true;
  readonly baseline?: string;
  readonly strict?: true;
  readonly profile: ProfileName;
  readonly seed?: number;
  readonly runs?: number;
  readonly path?: string;
  readonly concurrency?: number;
  readonly maxRps?: number;
  readonly report?: readonly string[];
}

const readCommandOptions = (flags: RunFlags, randomSeed: () => number): CommandOptions => {
  const { seed, path, maxRps, concurrency, baseline, readOnly = false, strict = false } = flags;
  const selection = readSelectionOptions(flags);
  const { shard, only } = selection;
  const [register, order] = [readRegister(), readOrder()];
  const profile = rulesOfProfile(flags.profile, order);
  const catalogue = catalogueOf(rules, register, readContract());
  const leftOut = readSelection({ ...selection, profile }, catalogue);
  if (path !== undefined) requireOneCase(leftOut, seed);
  return {
    ...readTargetOptions(flags),
    ...{ rules, order: order.map(({ id }) => id), reported: register, leftOut, shard, profile },
    partial: only.length > 0,
    ...{ seed: seed ?? randomSeed(), runs: flags.runs ?? profiles[flags.profile].runs, path },
    ...{ readOnly, strict, maxRps, concurrency },
    baseline: baseline === undefined ? new Map() : readBaseline(baseline, rules),
  };
};

/**
 * A path names one of the cases that a seed generates for one rule.
 *
 * @throws Breakdown when several rules are left, or no seed is given
 */
const requireOneCase = (leftOut: ExclusionReason, seed: number | undefined): void => {
  const left = rules.filter((rule) => rule.kind === 'check' && leftOut(rule) === undefined);
  if (left.length !== 1) {
    throw usageError('--path needs exactly one rule: add --only RULE, without --shard.');
  }
  if (seed === undefined) {
    throw usageError('--path needs the seed that the report shows with it. Add --seed.');
  }
};
