import type { Command } from 'commander';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { usageError } from '../errors.ts';
import type { Report } from '../report/report.ts';
import { rules } from '../rules/index.ts';
import {
  catalogueOf,
  type ExclusionReason,
  type ProfileRules,
  readSelection,
  readShard,
  type Shard,
} from '../runner/selection.ts';
import type { NameFlags } from './options.ts';
import { readReport } from './report-files.ts';
import type { CommandContext } from './terminal.ts';

/** Adds the options that select a part of the rules of a run. */
export const addPartOptions = (command: Command): Command =>
  command
    .option('--last-failed <report>', 'run only what a JSON report has as failed or broken down')
    .option('--shard <i/n>', 'run one of n parts; merge combines their JSON reports');

export interface PartFlags extends NameFlags {
  readonly lastFailed?: string;
  readonly shard?: string;
}

/** Which rules a run executes. */
export interface RunSelection {
  readonly leftOut: ExclusionReason;
  readonly shard: Shard | undefined;
  /** Whether only some rules were selected: an ambient rule that saw nothing is omitted then. */
  readonly partial: boolean;
}

/**
 * Reads which rules a run executes. The options narrow each other down, and the shards are parts of
 * what is left.
 *
 * @param last - what `--last-failed` names
 * @param requestsOf - how many requests a rule sends, to balance shards
 * @throws Breakdown for unknown names, an invalid shard or report, and when no rule is left
 */
export const readRunSelection = (
  {
    only = [],
    skip = [],
    profile,
    ...flags
  }: PartFlags & { readonly profile?: ProfileRules | undefined },
  last: LastFailures | undefined,
  requestsOf: (id: string) => number,
): RunSelection => {
  const shard = flags.shard === undefined ? undefined : readShard(flags.shard);
  const listed = last && { ids: last.ids, option: '--last-failed' };
  const options = { only, skip, shard, listed, profile, requestsOf };
  const leftOut = readSelection(options, catalogueOf(rules, readRegister(), readContract()));
  return { leftOut, shard, partial: only.length > 0 || last !== undefined };
};

/** What is to be run again, and how, so that it fails again. */
export interface LastFailures {
  readonly ids: ReadonlySet<string>;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
}

/** @throws Breakdown when the file is no report */
export const readLastFailures = (file: string | undefined): LastFailures | undefined => {
  if (file === undefined) return undefined;
  const report = readReport(file);
  return { ids: idsToRepeat(report), seed: report.seed, runs: report.runs };
};

/**
 * The ids of the rules that failed, deviated or ended in an error, and of those that a breakdown kept
 * from running. An ambient rule fails during another one, which is executed again.
 */
const idsToRepeat = ({ rules, breakdown }: Report): ReadonlySet<string> => {
  const repeated = rules.filter(
    ({ outcome, reason }) =>
      outcome === 'failed' ||
      outcome === 'error' ||
      (breakdown !== null && outcome === 'not-verified' && reason === breakdown.message),
  );
  return new Set(repeated.map(({ id, counterexample }) => counterexample?.during ?? id));
};

/** A seed, and where it comes from if it was derived. */
export interface SeedChoice {
  readonly seed: number;
  readonly source?: string;
}

/** The variables in which pipelines give the commit. */
const commitVariables = ['GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION'];

/**
 * The seed of a run: that of `--seed`, or of what failed last, or else a random one. The shards of a
 * run need the same one, so theirs follows from the commit.
 *
 * @throws Breakdown for a shard without a seed and a commit
 */
export const chooseSeed = (
  { seed, shard }: { readonly seed?: number | undefined; readonly shard?: string | undefined },
  last: LastFailures | undefined,
  { terminal, headCommit, randomSeed }: CommandContext,
): SeedChoice => {
  if (seed !== undefined) return { seed };
  if (last) return { seed: last.seed, source: 'the report of --last-failed' };
  if (shard === undefined) return { seed: randomSeed() };
  const variable = commitVariables.find((name) => terminal.environment[name]);
  const commit = variable === undefined ? headCommit?.() : terminal.environment[variable];
  if (!commit) {
    throw usageError(
      'The shards of a run need the same seed, and there is no commit to derive it from. ' +
        'Add the same --seed to each.',
    );
  }
  const from = variable === undefined ? 'the work tree' : variable;
  return { seed: hashOf(commit), source: `commit ${commit.slice(0, 12)} of ${from}` };
};

/** A whole number from 0 to 2³¹ − 1, the same for the same text. */
const hashOf = (text: string): number => {
  const mixed = Array.from(text).reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
    2_166_136_261 | 0,
  );
  return mixed >>> 1;
};
