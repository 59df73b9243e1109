import type { CheckRule } from '../context/rule.ts';
import type { Exchange } from '../http/exchange.ts';
import { reasonOf } from '../http/interruption.ts';
import { LostConnection } from '../http/transport.ts';
import type { TargetHealth } from './health.ts';
import type { TargetLag } from './lag.ts';
import { conclude, type Outcome } from './outcome.ts';
import { type RuleRunOptions, runRule } from './rule-run.ts';

export interface AttemptsOptions {
  readonly lag: TargetLag;
  readonly health: TargetHealth;
  /** Whether writes may use connections again; ended by the first write that is lost. */
  readonly connections: { reuse: boolean };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * What one rule is executed with.
 *
 * @param lag - milliseconds to wait for lists
 * @param hold - keeps an exchange that an outage may explain from the ambient rules
 */
export type OptionsForAttempt = (lag: number, hold: (exchange: Exchange) => void) => RuleRunOptions;

/** A rule is executed so often at most, if the target is away or late meanwhile. */
const mostAttempts = 4;

/**
 * Executes a rule until its outcome is the target's: again when a kept connection was closed under a
 * write, when the target was away, and when lists lag behind.
 *
 * @param inspect - called with the exchanges that were held although no outage explains them
 */
export const runUntilSettled = async (
  rule: CheckRule,
  optionsFor: OptionsForAttempt,
  options: AttemptsOptions,
  inspect: (exchange: Exchange) => void,
): Promise<Outcome> => {
  const { lag, health, connections, now } = options;
  for (let attempt = 1; ; attempt += 1) {
    const start = now();
    const held: Exchange[] = [];
    const forLag = (time: number): RuleRunOptions => optionsFor(time, (one) => held.push(one));
    const outcome = await withFreshConnections(connections, () => runWithLag(lag, rule, forLag));
    const mayBeOutage = outcome.outcome !== 'passed' && health.troubledSince(start);
    if (mayBeOutage && attempt < mostAttempts) {
      if (await health.recover()) continue;
      // The run ends, and nobody knows what the rule would have found.
      return conclude(rule, { outcome: 'not-verified', reason: reasonOf(health.broken) });
    }
    if (!health.awaySince(start)) held.forEach(inspect);
    return outcome;
  }
};

/** Executes a rule again when a kept connection was closed under one of its writes. */
const withFreshConnections = async (
  connections: { reuse: boolean },
  execute: () => Promise<Outcome>,
): Promise<Outcome> => {
  try {
    return await execute();
  } catch (thrown) {
    if (!(thrown instanceof LostConnection)) throw thrown;
    connections.reuse = false;
    return execute();
  }
};

/**
 * Executes a rule. If it fails, lists and counts may lag behind writes (LG-GEN-053): where they
 * do, the rule is executed again by a client that waits for them, and so are all later rules,
 * except those about that decision.
 */
const runWithLag = async (
  lag: TargetLag,
  rule: CheckRule,
  optionsFor: (lag: number) => RuleRunOptions,
): Promise<Outcome> => {
  if (rule.verifies.includes('LG-GEN-053')) return runRule(rule, optionsFor(0));
  const before = lag.known();
  const outcome = await runRule(rule, optionsFor(before));
  if (outcome.outcome === 'passed') return outcome;
  const find = before > 0 ? lag.findAgain : lag.find;
  const found = outcome.outcome === 'failed' ? await find() : lag.known();
  if (found > before) return runRule(rule, optionsFor(found));
  const suspected = outcome.outcome === 'failed' ? lag.suspected() : 0;
  return suspected > 0 ? runAfterWaiting(lag, rule, optionsFor(suspected), outcome) : outcome;
};

/** Executes a failed rule again, waiting for lists at a target that was too busy to be measured. */
const runAfterWaiting = async (
  lag: TargetLag,
  rule: CheckRule,
  options: RuleRunOptions,
  failed: Outcome,
): Promise<Outcome> => {
  const waited = await runRule(rule, options);
  lag.settle(waited.outcome === 'passed');
  return waited.outcome === 'passed' ? waited : failed;
};
