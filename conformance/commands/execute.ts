import { asBreakdown, type Breakdown, breakdownError, messageOf, usageError } from '../errors.ts';
import { reasonOf } from '../http/interruption.ts';
import type { Surroundings } from '../http/message.ts';
import { createMarker, noBaseline } from '../report/baseline.ts';
import type { Gates } from '../report/gates.ts';
import { createFailureTest } from '../report/judgement.ts';
import type { Report } from '../report/report.ts';
import { conclude, type Outcome } from '../runner/outcome.ts';
import { excuseAmbient, excuseOfShard } from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { type Budget, createBudget } from './budget.ts';
import { connectBy } from './connection.ts';
import { announceRun } from './pace.ts';
import { createProgress, type Progress } from './progress.ts';
import {
  type CommandOptions,
  compileUnopened,
  openSession,
  type RunEnding,
  type Session,
} from './session.ts';
import type { CommandContext } from './terminal.ts';

/** A run that has ended. */
export interface EndedRun {
  readonly report: Report;
  /** Whether the target was opened: otherwise the report has no results. */
  readonly opened: boolean;
  /** Fires when the server that was started for the run ends before it is closed. */
  readonly serverEnd: AbortSignal;
  /** Stops what was started for the run. */
  readonly close: () => Promise<void>;
}

/**
 * Executes a run, and shows its progress at the terminal. The target stays open until it is closed.
 *
 * @returns its report, also when the run broke down or was interrupted, whatever hangs
 */
export const executeRun = async (
  options: CommandOptions,
  context: CommandContext,
): Promise<EndedRun> => {
  const { rules, shard, leftOut } = options;
  const executed = rules.filter((rule) => rule.kind === 'check' && leftOut?.(rule) === undefined);
  const ids = executed.map(({ id }) => id);
  const progress = createProgress(context.terminal, ids, context.surroundings.now);
  const budget = createBudget(options.limits ?? {});
  try {
    if (shard && ids.length === 0) return idleRun(options, context, progress);
    return await openAndRun({ options, context, progress, budget, ids });
  } finally {
    budget.close();
    progress.close();
  }
};

/** What a run works with. */
interface Course {
  readonly options: CommandOptions;
  readonly context: CommandContext;
  readonly progress: Progress;
  readonly budget: Budget;
  /** The ids of the rules that are to be executed. */
  readonly ids: readonly string[];
}

const openAndRun = async (course: Course): Promise<EndedRun> => {
  const { options, context } = course;
  const server = new AbortController();
  const log = createLog(course);
  try {
    const session = await openInTime(course, log, server);
    const close = (): Promise<void> => closeInTime(session, context);
    if (options.readOnly) await requireNothingCreated(session.target, close);
    const report = await runRules(course, session, log);
    return { report, opened: true, serverEnd: server.signal, close };
  } catch (thrown) {
    const breakdown = asBreakdown(thrown);
    course.progress.say(breakdown.message);
    return unopenedRun(options, context, breakdown);
  }
};

const never = new AbortController().signal;
const nothingToClose = (): Promise<void> => Promise.resolve();

/** A shard without rules leaves the target alone. */
const idleRun = (
  options: CommandOptions,
  context: CommandContext,
  progress: Progress,
): EndedRun => {
  progress.say('This shard has no rule to run.');
  return unopenedRun(options, context, undefined);
};

/** The report of a run that broke down before it had any results. */
export const unopenedRun = (
  options: CommandOptions,
  context: CommandContext,
  breakdown: Breakdown | undefined,
): EndedRun => {
  const outcomes = options.rules.map((rule): Outcome => {
    const reason = options.leftOut?.(rule);
    if (reason !== undefined) return conclude(rule, { outcome: 'omitted', reason });
    if (!breakdown) return conclude(rule, { outcome: 'omitted', reason: excuseOfShard });
    return conclude(rule, { outcome: 'not-verified', reason: breakdown.message });
  });
  const report = compileUnopened(options, outcomes, breakdown && obstacleOf(breakdown), context);
  return { report, opened: breakdown === undefined, serverEnd: never, close: nothingToClose };
};

const obstacleOf = ({ message, exitCode }: Breakdown) => ({ message, exitCode });

/** What has been seen of a run, for a report even if it never ends by itself. */
const createLog = ({ options, progress, budget }: Course) => {
  const { leftOut, baseline = noBaseline, reported } = options;
  const mark = createMarker(baseline, reported);
  const counts = createFailureTest(reported);
  const begun = new Set<string>();
  const outcomes = new Map<string, Outcome>();
  return {
    outcomes: outcomes as ReadonlyMap<string, Outcome>,
    /** The rules that have begun and not ended. */
    unfinished: () => [...begun].filter((id) => !outcomes.has(id)),
    began: (rule: { readonly id: string }) => {
      begun.add(rule.id);
      progress.began(rule);
    },
    ended: (outcome: Outcome, gates: Gates) => {
      const marked = mark(outcome);
      outcomes.set(outcome.id, outcome);
      progress.ended(marked);
      budget.ended(marked, counts(marked, gates));
    },
    violated: (rule: CommandOptions['rules'][number], gates: Gates) => {
      if (leftOut?.(rule) !== undefined) return;
      const marked = mark(conclude(rule, { outcome: 'failed' }));
      budget.ended(marked, counts(marked, gates));
    },
  };
};

type Log = ReturnType<typeof createLog>;

/** Milliseconds that work still has: an interrupted run ends within two seconds, whatever hangs. */
const graces = { opening: 300, rules: 700, closing: 300, limit: 5_000 };

/** Opens the target; an interruption ends waiting for it. */
const openInTime = (
  { options, context, progress, budget }: Course,
  log: Log,
  server: AbortController,
): Promise<Session> => {
  const { terminal } = context;
  const surroundings = connectBy(options, context);
  const { interruption } = terminal;
  const err = (text: string): void => {
    progress.erase();
    terminal.err(text);
    server.abort();
  };
  const waiting = reportingWaits(surroundings, progress);
  const limited = {
    surroundings: budget.watch(waiting),
    interruption: AbortSignal.any([interruption, budget.signal]),
  };
  const opening = openSession(options, {
    terminal: { environment: terminal.environment, err, interruption },
    ...{ surroundings: waiting, limited, ...log },
  });
  let abandoned = false;
  const giveUp = (): never => {
    abandoned = true;
    throw breakdownError('The run was interrupted before it began.');
  };
  // A target that opens too late is closed again.
  opening.then((session) => (abandoned ? session.close() : undefined)).catch(() => undefined);
  return waitFor(opening, [
    { signal: interruption, grace: graces.opening, instead: giveUp },
    ...emergencyStop<Session>(context),
  ]);
};

/** Ends waiting as soon as the process can't go on. */
const emergencyStop = <Value>({ emergency }: CommandContext): Stop<Value>[] => {
  if (!emergency) return [];
  const instead = (): never => {
    throw asBreakdown(emergency.reason);
  };
  return [{ signal: emergency, grace: 0, instead }];
};

/** Executes the rules. A breakdown keeps what is known until then. */
const runRules = async (course: Course, session: Session, log: Log): Promise<Report> => {
  const { options, progress } = course;
  const { baseline = noBaseline, reported, rules } = options;
  let breakdown: Breakdown | undefined;
  let outcomes: readonly Outcome[];
  try {
    outcomes = await runInTime(course, session, log);
  } catch (thrown) {
    breakdown = asBreakdown(thrown);
    progress.say(breakdown.message);
    outcomes = completeOutcomes(course, session, log, breakdown.message);
  }
  const known = excuseAmbient(outcomes, options, rules).map(createMarker(baseline, reported));
  return session.compile(known, describeEnding(course, session, log, known, breakdown));
};

const describeEnding = (
  { context, budget }: Course,
  { target }: Session,
  log: Log,
  outcomes: readonly Outcome[],
  breakdown: Breakdown | undefined,
): RunEnding => {
  const stop = AbortSignal.any([context.terminal.interruption, budget.signal]);
  const reason = stop.aborted ? reasonOf(stop) : undefined;
  const early = outcomes.some((one) => one.outcome === 'not-verified' && one.reason === reason);
  const unfinished = target.offers.has('fresh-organizations') ? log.unfinished() : [];
  return {
    breakdown: breakdown && obstacleOf(breakdown),
    endedEarly: early ? reason : undefined,
    abandoned:
      unfinished.length === 0 || target.ephemeral
        ? undefined
        : `organisations of rules that were interrupted: ${unfinished.join(', ')}`,
  };
};

/** Executes all rules; once the run is to end, those that hang are not waited for. */
const runInTime = (course: Course, session: Session, log: Log): Promise<readonly Outcome[]> => {
  const { context, budget, progress } = course;
  const { interruption } = context.terminal;
  const giveUp = (signal: AbortSignal) => () =>
    completeOutcomes(course, session, log, reasonOf(signal));
  budget.signal.addEventListener('abort', () => {
    progress.say(`  ${String(budget.signal.reason)} The report says what it did not reach.`);
  });
  const run = async (): Promise<readonly Outcome[]> => {
    await announceRun(course, session);
    const outcomes = await session.runner.runAll();
    const breakdown = session.runner.breakdown();
    if (breakdown !== undefined) throw breakdownError(breakdown);
    return outcomes;
  };
  return waitFor(run(), [
    { signal: interruption, grace: graces.rules, instead: giveUp(interruption) },
    { signal: budget.signal, grace: graces.limit, instead: giveUp(budget.signal) },
    ...emergencyStop<readonly Outcome[]>(context),
  ]);
};

/** The outcomes so far; the other rules are not verified for this reason. */
const completeOutcomes = (
  { options: { rules, leftOut } }: Course,
  { runner }: Session,
  log: Log,
  reason: string,
): readonly Outcome[] => {
  const ambient = new Map(runner.ambientOutcomes().map((outcome) => [outcome.id, outcome]));
  return rules.map((rule) => {
    const unwanted = leftOut?.(rule);
    const found = log.outcomes.get(rule.id) ?? ambient.get(rule.id);
    if (found) return found;
    if (unwanted !== undefined) return conclude(rule, { outcome: 'omitted', reason: unwanted });
    return conclude(rule, { outcome: 'not-verified', reason });
  });
};

/** Closes the target; an interruption ends waiting for it. */
const closeInTime = async (session: Session, context: CommandContext): Promise<void> => {
  const { terminal } = context;
  const close = async (): Promise<undefined> => {
    try {
      await session.close();
    } catch (thrown) {
      terminal.err(`The target can't be closed: ${messageOf(thrown)}.\n`);
    }
  };
  const stop = { grace: graces.closing, instead: () => undefined };
  const { emergency } = context;
  await waitFor(close(), [
    { ...stop, signal: terminal.interruption },
    ...(emergency ? [{ ...stop, signal: emergency }] : []),
  ]);
};

/** When work is no longer waited for. */
interface Stop<Value> {
  readonly signal: AbortSignal;
  /** Milliseconds that the work still has once the signal fires. */
  readonly grace: number;
  /** The result in its place; may throw. */
  readonly instead: () => Value;
}

/**
 * Waits for work that may never end: after a signal only as long as its grace. What the work does
 * later is ignored, its failure included.
 */
const waitFor = <Value>(work: Promise<Value>, stops: readonly Stop<Value>[]): Promise<Value> => {
  const undo: (() => void)[] = [];
  const waiting = new Promise<Value>((resolve, reject) => {
    for (const { signal, grace, instead } of stops) {
      const give = (): void => {
        try {
          resolve(instead());
        } catch (thrown) {
          reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
        }
      };
      const begin = (): void => {
        const timer = setTimeout(give, grace);
        undo.push(() => {
          clearTimeout(timer);
        });
      };
      if (signal.aborted) begin();
      else signal.addEventListener('abort', begin, { once: true });
      undo.push(() => {
        signal.removeEventListener('abort', begin);
      });
    }
    work.then(resolve, reject);
  });
  return waiting.finally(() => {
    for (const step of undo) step();
  });
};

/**
 * Creating organisations for the rules writes too, unless the target is deleted afterwards.
 *
 * @throws Breakdown where the rules would create organisations
 */
const requireNothingCreated = async (
  { offers, ephemeral }: Pick<Target, 'offers' | 'ephemeral'>,
  close: () => Promise<void>,
): Promise<void> => {
  if (ephemeral || !offers.has('fresh-organizations')) return;
  await close();
  throw usageError(
    "--read-only can't be used with a control API or provision functions, which create " +
      'organisations. Use a key instead.',
  );
};

/** The same surroundings; the progress shows each wait. */
const reportingWaits = (surroundings: Surroundings, progress: Progress): Surroundings => ({
  ...surroundings,
  sleep: (milliseconds, reason) => {
    progress.waits(milliseconds, reason);
    return surroundings.sleep(milliseconds, reason);
  },
});
