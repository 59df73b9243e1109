import type { Command } from 'commander';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { usageError } from '../errors.ts';
import { exitCodeOfVerdict } from '../report/verdict.ts';
import { rules } from '../rules/index.ts';
import { readBaseline } from '../runner/outcome.ts';
import {
  catalogueOf,
  type ExclusionReason,
  type ProfileName,
  profiles,
  readSelection,
} from '../runner/selection.ts';
import { executeRun, type RunOptions } from './execute.ts';
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
import type { CommandContext } from './terminal.ts';

export const exitCodesHelp = `
Exit codes: 0 conformant, 1 non-conformant, 2 usage or configuration, 3 incomplete,
4 the suite or the target broke down.`;

const concurrencyHelp =
  'rules judged at the same time (default: 4, or 1 in an organisation that they share)';

/** `run`, which the command does when it is told nothing else. */
export const addRun = (program: Command, context: CommandContext): void => {
  const command = program.command('run').description('judges a target, and tells the verdict');
  addTargetOptions(command);
  addPartOptions(addNameOptions(command));
  command
    .optionsGroup('Verdict:')
    .option('--read-only', 'judge only what can be seen without writing')
    .option('--baseline <file>', 'known failures: JSON of rule ids with reasons')
    .option('--strict', 'deviations from decisions count as failures')
    .optionsGroup('Generated cases:');
  addProfileOption(command)
    .option('--seed <number>', 'where they come from; repeats a run', readWhole)
    .option('--runs <number>', 'cases for each property, whatever the profile', readCount)
    .option('--path <path>', 'the way to one case of one rule, as a report tells it', readPath)
    .optionsGroup('Pace:')
    .option('--concurrency <number>', concurrencyHelp, readCount)
    .option('--max-rps <number>', 'requests a second at most', readRate);
  addReportOption(command).addHelpText('after', exitCodesHelp);
  command.action(async (texts: RunFlags) => {
    const trial = readRunOptions(texts, context.randomSeed);
    const outlets = readReportOutputs(texts.report);
    const report = await executeRun(trial, context);
    writeReports(report, outlets, context.terminal);
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

const readRunOptions = (texts: RunFlags, randomSeed: () => number): RunOptions => {
  const { seed, path, maxRps, baseline, readOnly = false, strict = false } = texts;
  const wish = readSelectionOptions(texts);
  const register = readRegister();
  const leftOut = readSelection(wish, catalogueOf(rules, register, readContract()));
  if (path !== undefined) requireOneCase(leftOut, seed);
  return {
    ...readTargetOptions(texts),
    ...{ rules, told: register, leftOut, shard: wish.shard, partial: wish.only.length > 0 },
    ...{ seed: seed ?? randomSeed(), runs: texts.runs ?? profiles[texts.profile].runs, path },
    ...{ readOnly, strict, maxRps, concurrency: texts.concurrency },
    baseline: baseline === undefined ? new Map() : readBaseline(baseline, rules),
  };
};

/** A path leads through the cases of one rule, as one seed makes them. */
const requireOneCase = (leftOut: ExclusionReason, seed: number | undefined): void => {
  const left = rules.filter((rule) => rule.kind === 'check' && leftOut(rule) === undefined);
  if (left.length !== 1) {
    throw usageError(
      '--path leads to a case of one rule. Name that rule with --only, and leave --shard out.',
    );
  }
  if (seed === undefined) {
    throw usageError(
      '--path leads nowhere without the seed that it was found with. Give --seed too.',
    );
  }
};
