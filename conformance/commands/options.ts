import { type Command, InvalidArgumentError } from 'commander';
import {
  type ProfileName,
  profiles,
  readShard,
  type SelectionOptions,
} from '../runner/selection.ts';
import type { TargetOptions } from './settings.ts';

/** The variables that hold what no command line should. */
export const keysHelp = `
Keys come from the environment, never from the command line:
  LEADGRID_KEY             a key with every scope
  LEADGRID_EXPIRED_KEY     one that has expired
  LEADGRID_FREE_PLAN_KEY   one of an organisation on the Free plan
  LEADGRID_PRO_PLAN_KEY    one of an organisation on the Pro plan
  LEADGRID_SECOND_KEY      one of another organisation
  LEADGRID_WEBHOOK_SECRET  of a webhook endpoint that reaches this machine
  LEADGRID_CONTROL_TOKEN   for a control API that asks for a token`;

/**
 * What names the target, the same for every command that meets one.
 *
 * @param usual - the target where none is named
 */
export const addTargetOptions = (
  command: Command,
  usual = 'the reference server, started for it',
): Command =>
  command
    .optionsGroup('Target:')
    .option('--target <url>', `base URL to judge (default: ${usual})`)
    .option('--config <file>', 'what the target offers: JSON or an ES module, see init')
    .option('--control <url>', "base URL of the target's control API")
    .option('--start <command>', 'starts the target, and stops it afterwards')
    .option('--timeout <milliseconds>', 'how long one answer may take', readCount, 10_000)
    .option('--allow-production', 'judge the production host')
    .addHelpText('after', keysHelp);

/** Those options as they are read. */
export interface TargetFlags {
  readonly target?: string;
  readonly config?: string;
  readonly control?: string;
  readonly start?: string;
  readonly timeout: number;
  readonly allowProduction?: true;
}

export const readTargetOptions = (flags: TargetFlags): TargetOptions => {
  const { target, config, control, start, timeout, allowProduction = false } = flags;
  return { target, config, control, start, timeout, allowProduction };
};

/** Any whole number, such as a seed. */
export const readWhole = (text: string): number => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text) | 0;
  throw new InvalidArgumentError('Give a whole number.');
};

/** How many of something: at least one. */
export const readCount = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number above zero.');
};

/** How often in a second, which may be less than once. */
export const readRate = (text: string): number => {
  if (/^\d{1,6}(\.\d{1,6})?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Give a number above zero.');
};

/** A way to a generated case, such as `0:1:0`. */
export const readPath = (text: string): string => {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('Give it as a report tells it, such as 0:1:0.');
};

/** Gathers an option that may be given more than once. */
export const collect = (text: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  text,
];

const nameFlagsHelp = 'rules, areas, requirements, operations, events';

/** What names some of the rules. */
export const addNameOptions = (command: Command): Command =>
  command
    .optionsGroup('Selection:')
    .option('--only <names>', `these ${nameFlagsHelp}; * is a wildcard, repeatable`, collectNames)
    .option('--skip <names>', 'all but these; repeatable', collectNames);

/** What divides a run. */
export const addPartOptions = (command: Command): Command =>
  command.option('--shard <i/n>', 'judge one of n parts; merge puts their JSON reports together');

export interface NameFlags {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

export interface ShardFlags extends NameFlags {
  readonly shard?: string;
}

export const readSelectionOptions = ({
  only = [],
  skip = [],
  shard,
}: ShardFlags): SelectionOptions => ({
  ...{ only, skip },
  shard: shard === undefined ? undefined : readShard(shard),
});

const collectNames = (text: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  ...text.split(',').map((name) => name.trim()),
];

/** `--profile`, in words for what `--runs` says in numbers. */
export const addProfileOption = (command: Command): Command => {
  const names = Object.entries(profiles).map(([name, { runs }]) => `${name} (${String(runs)})`);
  const help = `cases for each property: ${names.join(', ')}`;
  return command.option('--profile <name>', help, readProfile, 'standard');
};

const readProfile = (text: string): ProfileName => {
  const name = Object.keys(profiles).find((one) => one === text);
  if (name !== undefined) return name as ProfileName;
  throw new InvalidArgumentError(`Use one of ${Object.keys(profiles).join(', ')}.`);
};
