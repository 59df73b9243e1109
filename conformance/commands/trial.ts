import { markKnown, type Baseline } from '../baseline.ts';
import { misuse } from '../breakdown.ts';
import type { Report } from '../report.ts';
import { judgeAll } from '../run.ts';
import { excuseAmbient, type LeftOut } from '../selection/selection.ts';
import { tellShard, type Shard } from '../selection/shard.ts';
import type { Target } from '../targets/target.ts';
import type { Surroundings } from '../world/fetch.ts';
import type { Context } from './context.ts';
import { createProgress, type Progress } from './progress.ts';
import { openSession, type SessionOptions } from './session.ts';

/** What a run judges, and how. */
export interface Trial extends Omit<SessionOptions, 'shard' | 'path' | 'maxRps' | 'began'> {
  readonly leftOut: LeftOut;
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
export const holdTrial = async (trial: Trial, context: Context): Promise<Report> => {
  const { rules, seed, leftOut, baseline, concurrency } = trial;
  const { terminal, surroundings } = context;
  const judged = rules.filter((rule) => rule.kind === 'check' && leftOut(rule) === undefined);
  const awaited = judged.map(({ id }) => id);
  const progress = createProgress(terminal, awaited, surroundings.now);
  const hall = { terminal, surroundings: telling(surroundings, progress) };
  try {
    const session = await openSession(toSession(trial, progress), hall);
    const { url, intention } = session.target;
    try {
      if (trial.readOnly) requireNothingMade(session.target);
      progress.say(`Judging ${url}, seed ${String(seed)}. ${intention}`);
      const outcomes = await judgeAll(session.court, {
        ...{ rules, concurrency: concurrency ?? widthFor(session.target) },
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
const requireNothingMade = ({ offers, ephemeral }: Pick<Target, 'offers' | 'ephemeral'>): void => {
  if (ephemeral || !offers.has('fresh-organizations')) return;
  throw misuse(
    '--read-only contradicts a target on which organisations are made for the rules. ' +
      'Leave the control API or the functions out, and give a key.',
  );
};

/** Rules that share an organisation would get into each other's way. */
const widthFor = ({ offers }: Pick<Target, 'offers'>): number =>
  offers.has('fresh-organizations') ? 4 : 1;

/** The same surroundings; whoever watches is told of waiting. */
const telling = (surroundings: Surroundings, progress: Progress): Surroundings => ({
  ...surroundings,
  sleep: (milliseconds, reason) => {
    progress.waits(milliseconds, reason);
    return surroundings.sleep(milliseconds, reason);
  },
});

const toSession = (trial: Trial, { began }: Progress): SessionOptions => {
  const { shard, path, maxRps, ...others } = trial;
  return {
    ...{ ...others, began },
    ...(shard && { shard: tellShard(shard) }),
    ...(path === undefined ? {} : { path }),
    ...(maxRps === undefined ? {} : { maxRps }),
  };
};
