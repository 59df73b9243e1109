import { type Command, InvalidArgumentError } from 'commander';
import { type Profile, type ProfileName, profiles } from '../runner/selection.ts';
import type { TargetOptions } from './settings.ts';

/** The variables that hold keys and secrets. */
export const keysHelp = `
Keys are read from the environment, never from the command line:
  LEADGRID_KEY             a key with every scope
  LEADGRID_EXPIRED_KEY     an expired key
  LEADGRID_FREE_PLAN_KEY   a key of an organisation on the Free plan
  LEADGRID_PRO_PLAN_KEY    a key of an organisation on the Pro plan
  LEADGRID_SECOND_KEY      a key of another organisation
  LEADGRID_WEBHOOK_SECRET  the secret of a webhook endpoint that sends to this machine
  LEADGRID_CONTROL_TOKEN   the token of the control API, if it needs one
HTTP_PROXY, HTTPS_PROXY and NO_PROXY name the proxy; this machine is reached directly.`;

/**
 * Adds the options that describe the target, the same for every command.
 *
 * @param usual - describes the default target
 */
export const addTargetOptions = (
  command: Command,
  usual = 'the reference server, started for it',
): Command =>
  command
    .optionsGroup('Target:')
    .option('--target <url>', `base URL to test (default: ${usual})`)
    .option('--config <file>', 'configuration of the target (JSON or ES module); `init` writes one')
    .option('--control <url>', "base URL of the target's control API")
    .option('--start <command>', 'command that starts the target; it is stopped afterwards')
    .option(
      '--timeout <milliseconds>',
      'how many milliseconds one response may take',
      readCount,
      10_000,
    )
    .option('--cacert <file>', 'trust the certificate authorities of this PEM file, and no others')
    .option('--insecure', 'accept any TLS certificate; the report says so')
    .option('--allow-production', 'test the production host')
    .addHelpText('after', keysHelp);

/** Those options as the command line gives them. */
export interface TargetFlags {
  readonly target?: string;
  readonly config?: string;
  readonly control?: string;
  readonly start?: string;
  readonly timeout: number;
  readonly cacert?: string;
  readonly insecure?: true;
  readonly allowProduction?: true;
}

export const readTargetOptions = (flags: TargetFlags): TargetOptions => {
  const { target, config, control, start, timeout, allowProduction = false } = flags;
  const { cacert, insecure } = flags;
  return { target, config, control, start, timeout, cacert, insecure, allowProduction };
};

/** Parses a whole number, such as a seed. */
export const readWhole = (text: string): number => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text) | 0;
  throw new InvalidArgumentError('Give a whole number.');
};

/** Parses a count of at least one. */
export const readCount = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number above zero.');
};

/** Parses a rate per second, which may be below one. */
export const readRate = (text: string): number => {
  if (/^\d{1,6}(\.\d{1,6})?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Give a number above zero.');
};

/** Parses fast-check's path to a generated case, such as `0:1:0`. */
export const readPath = (text: string): string => {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('Give it as a report shows it, such as 0:1:0.');
};

/** Collects the values of a repeatable option. */
export const collect = (text: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  text,
];

const nameFlagsHelp = 'rules, areas, requirements, operations, events';

/**
 * Adds the options that select rules by name.
 *
 * @param verb - what the command does with the rules
 */
export const addNameOptions = (command: Command, verb: 'run' | 'list'): Command =>
  command
    .optionsGroup('Selection:')
    .option(
      '--only <names>',
      `${verb} only these ${nameFlagsHelp}; * is a wildcard, repeatable`,
      collectNames,
    )
    .option('--skip <names>', `${verb} all but these; repeatable`, collectNames);

export interface NameFlags {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

const collectNames = (text: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  ...text.split(',').map((name) => name.trim()),
];

/** Adds `--profile`, a name for an amount of requests and a number of `--runs`. */
export const addProfileOption = (command: Command, usual?: ProfileName): Command => {
  const names = Object.entries(profiles).map(([name, profile]) => describe(name, profile));
  const help = `how much is done: ${names.join(', ')}`;
  return usual === undefined
    ? command.option('--profile <name>', `says what a run takes; ${help}`, readProfile)
    : command.option('--profile <name>', help, readProfile, usual);
};

const describe = (name: string, { runs, requests }: Profile): string =>
  requests === undefined
    ? `${name} (every rule, ${String(runs)} cases for each property)`
    : `${name} (the most telling rules, ${String(requests)} requests)`;

const readProfile = (text: string): ProfileName => {
  const name = Object.keys(profiles).find((one) => one === text);
  if (name !== undefined) return name as ProfileName;
  throw new InvalidArgumentError(`Use one of ${Object.keys(profiles).join(', ')}.`);
};
