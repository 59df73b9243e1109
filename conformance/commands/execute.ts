import { usageError } from '../errors.ts';
import type { Surroundings } from '../http/transport.ts';
import type { Report } from '../report/report.ts';
import { type Baseline, markKnown } from '../runner/outcome.ts';
import { runAll } from '../runner/runner.ts';
import {
  type ExclusionReason,
  excuseAmbient,
  formatShard,
  type Shard,
} from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { createProgress, type Progress } from './progress.ts';
import { openSession, type SessionOptions } from './session.ts';
import type { CommandContext } from './terminal.ts';

/** What a run judges, and how. */
export interface RunOptions extends Omit<SessionOptions, 'shard' | 'path' | 'maxRps' | 'began'> {
  readonly leftOut: ExclusionReason;
  /** Whether rules were named, so that the others aren't missed. */
  readonly partial: boolean;
  readonly shard: Shard | undefined;
  /** fast-check's path to one case of the only rule that is judged. */
  readonly path: string | undefined;
  /** Requests a second. */
  readonly maxRps: number | undefined;
  readonly baseline: Baseline;
  /** How many rules are judged at the same time; as the target allows when undefined. */
  readonly concurrency: number | undefined;
}

/**
 * Judges a target, and reports on it.
 *
 * @throws Breakdown before anything was judged (2 usage or configuration, 4 no target)
 */
export const executeRun = async (trial: RunOptions, context: CommandContext): Promise<Report> => {
  const { rules, seed, leftOut, baseline, concurrency } = trial;
  const { terminal, surroundings } = context;
  const judged = rules.filter((rule) => rule.kind === 'check' && leftOut(rule) === undefined);
  const awaited = judged.map(({ id }) => id);
  const progress = createProgress(terminal, awaited, surroundings.now);
  const hall = { terminal, surroundings: reportingWaits(surroundings, progress) };
  try {
    const session = await openSession(toSessionOptions(trial, progress), hall);
    const { url, intention } = session.target;
    try {
      if (trial.readOnly) requireNothingCreated(session.target);
      progress.say(`Judging ${url}, seed ${String(seed)}. ${intention}`);
      const outcomes = await runAll(session.court, {
        ...{ rules, concurrency: concurrency ?? concurrencyFor(session.target) },
        progress: (outcome) => {
          progress.ended(markKnown(outcome, baseline));
        },
      });
      const excused = excuseAmbient(outcomes, trial, rules);
      return session.compile(excused.map((outcome) => markKnown(outcome, baseline)));
    } finally {
      await session.close();
    }
  } finally {
    progress.close();
  }
};

/** What is made for the rules is written too, unless it is gone with the target afterwards. */
const requireNothingCreated = ({
  offers,
  ephemeral,
}: Pick<Target, 'offers' | 'ephemeral'>): void => {
  if (ephemeral || !offers.has('fresh-organizations')) return;
  throw usageError(
    '--read-only contradicts a target on which organisations are made for the rules. ' +
      'Leave the control API or the functions out, and give a key.',
  );
};

/** Rules that share an organisation would get into each other's way. */
const concurrencyFor = ({ offers }: Pick<Target, 'offers'>): number =>
  offers.has('fresh-organizations') ? 4 : 1;

/** The same surroundings; whoever watches is told of waiting. */
const reportingWaits = (surroundings: Surroundings, progress: Progress): Surroundings => ({
  ...surroundings,
  sleep: (milliseconds, reason) => {
    progress.waits(milliseconds, reason);
    return surroundings.sleep(milliseconds, reason);
  },
});

const toSessionOptions = (trial: RunOptions, { began }: Progress): SessionOptions => {
  const { shard, path, maxRps, ...others } = trial;
  return {
    ...{ ...others, began },
    ...(shard && { shard: formatShard(shard) }),
    ...(path === undefined ? {} : { path }),
    ...(maxRps === undefined ? {} : { maxRps }),
  };
};
