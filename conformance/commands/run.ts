import type { Command } from 'commander';
import { readRegister } from '../../openapi/register.ts';
import { usageError } from '../errors.ts';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import {
  type ExclusionReason,
  type ProfileName,
  profiles,
  rulesOfProfile,
} from '../runner/selection.ts';
import { addLimitOptions, type LimitFlags, readLimits } from './budget.ts';
import { connectBy } from './connection.ts';
import { executeRun, unopenedRun } from './execute.ts';
import { requestCounter } from './forecast.ts';
import { addGateOptions, type GateFlags, readGateFlags, readKnownFailures } from './gates.ts';
import {
  addNameOptions,
  addProfileOption,
  addTargetOptions,
  readCount,
  readPath,
  readRate,
  readTargetOptions,
  readWhole,
  type TargetFlags,
} from './options.ts';
import {
  addReportOption,
  readReportOutputsOf,
  writeReports,
  type ReportFlags,
} from './report-files.ts';
import {
  addPartOptions,
  chooseSeed,
  type LastFailures,
  type PartFlags,
  readLastFailures,
  readRunSelection,
} from './selection.ts';
import type { CommandOptions } from './session.ts';
import type { CommandContext } from './terminal.ts';
import { requireKeyboard, watchRuns } from './watch.ts';

export const exitCodesHelp = `
Exit codes: 0 conformant, 1 non-conformant, 2 usage or configuration, or conformant but a report
can't be written, 3 incomplete, 4 an error in the suite or the target. With --fail-on none every
verdict has 0.`;

const concurrencyHelp = 'rules executed at the same time (default: as many as the target can take)';

/** `run`, the default command. */
export const addRun = (program: Command, context: CommandContext): void => {
  const command = program.command('run').description('tests a target and reports the verdict');
  addTargetOptions(command);
  addPartOptions(addNameOptions(command, 'run'));
  addGateOptions(command).optionsGroup('Generated cases:');
  addProfileOption(command, 'standard')
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
  addLimitOptions(command)
    .optionsGroup('While working:')
    .option('--watch', 'run again on Enter, and when the server of --start ends or restarts');
  addReportOption(command, 'report in the configuration, or pretty').addHelpText(
    'after',
    exitCodesHelp,
  );
  command.action(async (flags: RunFlags) => {
    const chosen = command.getOptionValueSource('profile') === 'cli';
    context.end(await run(flags, chosen, context));
  });
};

/**
 * Executes what the options say, and returns the exit code.
 *
 * @param profileChosen - whether the profile isn't the default
 */
const run = async (
  flags: RunFlags,
  profileChosen: boolean,
  context: CommandContext,
): Promise<number> => {
  const { terminal } = context;
  if (flags.watch) requireKeyboard(terminal);
  const last = readLastFailures(flags.lastFailed);
  if (last?.ids.size === 0) {
    terminal.err(`${flags.lastFailed ?? ''} has nothing that failed: there is nothing to run.\n`);
    return 0;
  }
  const again = profileChosen ? undefined : last?.runs;
  const runs = flags.runs ?? again ?? profiles[flags.profile].runs;
  const options = readCommandOptions(flags, runs, last, context);
  const outputs = await readReportOutputsOf(flags);
  const runOnce = async () => {
    const forget = context.atSuddenEnd?.((breakdown) => {
      writeReports(unopenedRun(options, context, breakdown).report, outputs, terminal, {
        opened: false,
      });
    });
    const ended = await executeRun(options, context);
    forget?.();
    // Before the target is closed, which may take its time.
    const { opened } = ended;
    const manner = { opened, verbose: flags.verbose, script: flags.script };
    const exitCode = writeReports(ended.report, outputs, terminal, manner);
    return { ...ended, exitCode };
  };
  if (flags.watch) {
    const { send } = connectBy(options, context);
    return watchRuns(runOnce, flags.start !== undefined, { terminal, send });
  }
  const { exitCode, close } = await runOnce();
  await close();
  return exitCode;
};

interface RunFlags extends ReportFlags, TargetFlags, PartFlags, LimitFlags, GateFlags {
  readonly watch?: true;
  readonly readOnly?: true;
  readonly profile: ProfileName;
  readonly seed?: number;
  readonly runs?: number;
  readonly path?: string;
  readonly concurrency?: number;
  readonly maxRps?: number;
  readonly report?: readonly string[];
}

const readCommandOptions = (
  flags: RunFlags,
  runs: number,
  last: LastFailures | undefined,
  context: CommandContext,
): CommandOptions => {
  const { path, maxRps, concurrency, readOnly = false } = flags;
  const gates = readGateFlags(flags);
  const costs = readOrder();
  const profile = last ? undefined : rulesOfProfile(flags.profile, costs);
  const selection = readRunSelection({ ...flags, profile }, last, requestCounter(costs, runs));
  if (path !== undefined) requireOneCase(selection.leftOut, flags.seed);
  const { seed, source } = chooseSeed(flags, last, context);
  return {
    ...readTargetOptions(flags),
    ...selection,
    ...{ rules, order: costs.map(({ id }) => id), profile },
    ...{ reported: readRegister(), costs, limits: readLimits(flags) },
    ...{ seed, seedSource: source, runs, path, readOnly, maxRps, concurrency },
    ...{ gates, baseline: readKnownFailures(flags, context) },
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
