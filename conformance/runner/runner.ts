import type { RuleContextOptions } from '../context/context.ts';
import type { AmbientRule, CheckRule, Rule } from '../context/rule.ts';
import { reasonOf } from '../http/interruption.ts';
import { describeMissing } from '../targets/target.ts';
import { runUntilSettled } from './attempts.ts';
import { createTargetLag } from './lag.ts';
import type { Lane } from './lanes.ts';
import { inOrder } from './order.ts';
import { conclude, type Outcome } from './outcome.ts';
import {
  type PreparedRun,
  prepareRules,
  prepareRun,
  type RunnerOptions,
  type RunOptions,
} from './prepare.ts';
import { countLeftovers, measureTargetLag, type RuleRunOptions } from './rule-run.ts';
import type { Scope } from './selection.ts';

/** Executes rules at one target: all of them, or one by one in any order. */
export interface Runner {
  /**
   * Executes all rules. One that breaks down doesn't keep the others from running, and an
   * interrupted run returns what it knows.
   *
   * @returns the outcomes in the order of the rules
   */
  readonly runAll: () => Promise<Outcome[]>;
  readonly run: (rule: CheckRule) => Promise<Outcome>;
  /** The outcomes of the ambient rules so far, in their order. */
  readonly ambientOutcomes: () => Outcome[];
  readonly scope: Scope;
  /** What the run has left at the target so far; undefined for nothing. */
  readonly leftovers: () => string | undefined;
  /** Milliseconds that lists and counts were waited for after a write; 0 for not at all. */
  readonly lag: () => number;
  /** Why the run ended for its target, as a sentence; undefined if it didn't. */
  readonly breakdown: () => string | undefined;
}

/**
 * Prepares a run. The ambient rules inspect every exchange of the rules that it executes.
 *
 * @throws Breakdown when an omission of the target names something that doesn't exist
 */
export const createRunner = (given: RunnerOptions): Runner => {
  const common = prepareRun(given);
  const { options, scope, health, connections, ambient, liveness } = common;
  const { run, contract, target, surroundings, interruption } = options;
  const leftovers = countLeftovers(contract);
  const { checks, contextFor, flawOf } = prepareRules(common);
  const optionsFor = (context: RuleContextOptions): RuleRunOptions => {
    return { context, flawOf, interruption, leftovers };
  };
  const mustNotMeasure = (): boolean =>
    run.readOnly === true || options.showsWritesAtOnce === true || interruption.aborted;
  const lag = createTargetLag(
    async () => (mustNotMeasure() ? noLag : measureTargetLag(optionsFor(contextFor('lag', 0)))),
    (time) => surroundings.sleep(time, 'a target that is busy'),
  );
  const { now } = surroundings;
  const runOne = async (rule: CheckRule, lane?: Lane): Promise<Outcome> => {
    const unexecuted = omittedOutcome(rule, scope, run) ?? preventedOutcome(rule, options);
    if (unexecuted) return unexecuted;
    options.began?.(rule);
    const start = now();
    const outcome = await runUntilSettled(
      rule,
      (time, hold) => optionsFor(contextFor(rule.id, time, { hold, lane })),
      { lag, health, connections, now },
      (exchange) => {
        checks.inspectExchange(exchange, rule.id);
      },
    );
    const missing = outcome.counterexample?.judged?.missing;
    if (missing !== undefined) liveness.noteMissing(missing, rule.id);
    return { ...outcome, milliseconds: now() - start };
  };
  const ambientOutcomes = () => withoutUnseenRules(ambient, checks.outcomes(), scope, options);
  return {
    scope,
    lag: lag.known,
    run: (rule) => runOne(rule),
    runAll: () => runInOrder(common, runOne, { ambientOutcomes, lag: lag.known }),
    ambientOutcomes,
    leftovers: () => (target.ephemeral ? undefined : leftovers.describe()),
    breakdown: () => (health.broken.aborted ? String(health.broken.reason) : undefined),
  };
};

/** Executes the check rules, the telling ones first, and then concludes the ambient rules. */
const runInOrder = async (
  { options: { run, ended, target, interruption }, lanes }: PreparedRun,
  runOne: (rule: CheckRule, lane?: Lane) => Promise<Outcome>,
  { ambientOutcomes, lag }: Pick<Runner, 'ambientOutcomes' | 'lag'>,
): Promise<Outcome[]> => {
  const outcomes = new Map<string, Outcome>();
  const end = (outcome: Outcome): void => {
    outcomes.set(outcome.id, outcome);
    ended?.(outcome);
  };
  const checks = inOrder(run.rules, run.order ?? [], run.concurrency !== 1);
  const shared = !target.offers.has('fresh-organizations') && run.concurrency !== 1;
  const isAlone = (rule: CheckRule): boolean => shared && usesUpLimit(rule);
  const disturbed = new Map<CheckRule, Outcome>();
  const early: CheckRule[] = [];
  const inCompany = checks.filter((rule) => !isAlone(rule));
  await lanes.work(inCompany, async (rule, lane) => {
    const outcome = await runOne(rule, lane);
    // What went wrong in company may be the work of others, or of a machine that was too busy.
    const alone = run.concurrency === 1;
    // Waiting for lists takes long, and a deviation is legal.
    const must = rule.level === 'MUST';
    const touchy = shared || (!alone && (rule.waits === true || (must && lag() > 0)));
    if (touchy && wentWrong(outcome)) disturbed.set(rule, outcome);
    else end(outcome);
    if (!alone && must && outcome.outcome === 'failed' && lag() === 0) early.push(rule);
  });
  // Lists turned out to lag behind only later, and more so while many rules wrote at a time.
  const late = lag() > 0 && !interruption.aborted ? early.filter((one) => !disturbed.has(one)) : [];
  for (const rule of late) end(await runOne(rule));
  for (const [rule, outcome] of disturbed) end(interruption.aborted ? outcome : await runOne(rule));
  for (const rule of checks.filter(isAlone)) end(await runOne(rule));
  for (const outcome of ambientOutcomes()) end(outcome);
  return run.rules.flatMap(({ id }) => outcomes.get(id) ?? []);
};

/** Whether a rule uses up the rate limit of the organisation that rules share. */
const usesUpLimit = ({ needs }: CheckRule): boolean => needs.includes('spendable-rate-limit');

const wentWrong = ({ outcome, exchanges }: Outcome): boolean =>
  outcome !== 'passed' && outcome !== 'omitted' && exchanges > 0;

/** Where nothing is measured. */
const noLag = { lag: 0, certain: true };

const omittedOutcome = (
  rule: Rule,
  { omitted }: Scope,
  { leftOut }: RunOptions,
): Outcome | undefined => {
  const unwanted = leftOut?.(rule);
  if (unwanted !== undefined) return conclude(rule, { outcome: 'omitted', reason: unwanted });
  const reasons = rule.verifies.map((id) => omitted.get(id));
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return conclude(rule, { outcome: 'omitted', reason: reasons[0] });
};

const preventedOutcome = (
  rule: CheckRule,
  { target, interruption }: RunnerOptions,
): Outcome | undefined => {
  if (interruption.aborted)
    return conclude(rule, { outcome: 'not-verified', reason: reasonOf(interruption) });
  const reason = describeMissing(rule, target.offers);
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};

/** The outcomes of the ambient rules; those that were left out or lack a capability say so. */
const withoutUnseenRules = (
  ambient: readonly AmbientRule[],
  outcomes: readonly Outcome[],
  scope: Scope,
  options: RunnerOptions,
): Outcome[] =>
  outcomes.map((outcome, index) => {
    const rule = ambient[index];
    return (
      (rule && (omittedOutcome(rule, scope, options.run) ?? missingCapability(rule, options))) ??
      outcome
    );
  });

const missingCapability = (rule: AmbientRule, { target }: RunnerOptions): Outcome | undefined => {
  const reason = 'needs' in rule ? describeMissing(rule, target.offers) : undefined;
  return reason === undefined ? undefined : conclude(rule, { outcome: 'not-verified', reason });
};
