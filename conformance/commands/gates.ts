import { type Command, InvalidArgumentError } from 'commander';
import { readRegister } from '../../openapi/register.ts';
import { usageError } from '../errors.ts';
import { type Baseline, noBaseline, readBaseline } from '../report/baseline.ts';
import { readVersion } from '../report/compile.ts';
import { type FailOn, type GateChoice, readGates } from '../report/gates.ts';
import { describeExpired } from '../reporters/summary.ts';
import { rules } from '../rules/index.ts';
import type { CommandContext } from './terminal.ts';

/** Adds the options that say what verdict and exit code rest on. */
export const addGateOptions = (command: Command): Command =>
  command
    .optionsGroup('Verdict:')
    .option('--read-only', 'send reads only, and omit what needs more')
    .option(
      '--baseline <file>',
      'known failures: JSON of ids of rules or requirements with reasons; {reason, until} for a time',
    )
    .option(
      '--fail-on <level>',
      'which failures end a run with 1: must (default), should, or none',
      readFailOn,
    )
    .option('--strict', 'short for --fail-on should: a deviation fails the run')
    .option(
      '--as-of <version>',
      'report what is newer in the suite, but leave it out of the verdict',
    )
    .option(
      '--min-verified <share>',
      'how much must be verified, such as 95% (default: everything in scope)',
    );

export interface GateFlags {
  readonly baseline?: string;
  readonly failOn?: FailOn;
  readonly strict?: true;
  readonly asOf?: string;
  readonly minVerified?: string;
}

const levels: readonly FailOn[] = ['must', 'should', 'none'];

const readFailOn = (text: string): FailOn => {
  const level = levels.find((one) => one === text);
  if (level !== undefined) return level;
  throw new InvalidArgumentError(`Use one of ${levels.join(', ')}.`);
};

const optionNames = { failOn: '--fail-on', asOf: '--as-of', minVerified: '--min-verified' };

/**
 * The gates that the command line sets.
 *
 * @throws Breakdown for options that contradict each other, and for invalid ones
 */
export const readGateFlags = ({ strict, failOn, asOf, minVerified }: GateFlags): GateChoice => {
  if (strict && failOn !== undefined && failOn !== 'should') {
    throw usageError(
      `--strict is short for --fail-on should, and contradicts --fail-on ${failOn}. Remove one.`,
    );
  }
  const texts = { failOn: strict ? 'should' : failOn, asOf, minVerified } as const;
  return readGates(texts, (name) => optionNames[name], readVersion());
};

/**
 * The known failures of `--baseline`; those that have expired are named at once.
 *
 * @throws Breakdown when the file can't be used
 */
export const readKnownFailures = (
  { baseline: file }: GateFlags,
  { terminal, surroundings }: CommandContext,
): Baseline => {
  if (file === undefined) return noBaseline;
  const baseline = readBaseline(file, { rules, register: readRegister() }, surroundings.now());
  for (const entry of baseline.expired) terminal.err(`${describeExpired(entry)}\n`);
  return baseline;
};
