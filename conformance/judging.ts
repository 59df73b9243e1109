import { Breakdown, messageOf } from './breakdown.ts';
import type { LagMeasurement } from './lag.ts';
import { conclude, tell, type Outcome } from './outcome.ts';
import type { countRemains } from './remains.ts';
import type { CheckRule } from './rule.ts';
import { Unavailable } from './targets/unavailable.ts';
import type { Exchange } from './world/exchange.ts';
import { measureLag } from './world/measure-lag.ts';
import { Nonconformity } from './world/nonconformity.ts';
import { findOddAnswer, type FindFlaw } from './world/odd-answers.ts';
import { createWorld, type WorldOptions } from './world/world.ts';

/** What the judging of one rule rests on. */
export interface Bench {
  readonly world: WorldOptions;
  readonly flawOf: FindFlaw;
  readonly interruption: AbortSignal;
  readonly remains: ReturnType<typeof countRemains>;
}

/** Why a rule that the interruption kept from its end isn't verified. */
export const interrupted = 'The run was interrupted.';

/** Lets one rule check the target in a world of its own, and says how that ended. */
export const judge = async (rule: CheckRule, bench: Bench): Promise<Outcome> => {
  const { world: options, remains } = bench;
  let exchanges = 0;
  const survey: WorldOptions['survey'] = (exchange) => {
    exchanges += 1;
    remains.survey(exchange);
    options.survey(exchange);
  };
  const { world, exchanges: told, received, release } = createWorld({ ...options, survey });
  try {
    await rule.check(world);
    if (exchanges > 0) return conclude(rule, { outcome: 'passed', exchanges });
    const reason = 'It found nothing to check: what it is about is omitted.';
    return conclude(rule, { outcome: 'not-verified', reason });
  } catch (thrown) {
    const found = nonconformityIn(thrown, bench, () => [...received(), ...told]);
    if (found) {
      const counterexample = tell(found, told);
      return conclude(rule, { outcome: 'failed', exchanges, counterexample });
    }
    return conclude(rule, { ...unfinished(thrown, bench), exchanges });
  } finally {
    // What can't be given back is no fault of the target that the rule is about.
    remains.release(await release().catch(() => [false]));
  }
};

/**
 * What the target did wrong. What a rule throws by itself is a fault of ours, unless an answer that
 * isn't in its documented form has led to it: then it is about the operation that gave it.
 */
const nonconformityIn = (
  thrown: unknown,
  { world, flawOf, interruption }: Bench,
  exchanges: () => readonly Exchange[],
): Nonconformity | undefined => {
  if (thrown instanceof Nonconformity) return thrown;
  const known = thrown instanceof Unavailable || thrown instanceof Breakdown;
  if (known || interruption.aborted) return undefined;
  return findOddAnswer(exchanges(), world, flawOf);
};

/** Measures how long lists and counts trail behind a write; what it sends is no rule's. */
export const measure = async ({ world: options, remains }: Bench): Promise<LagMeasurement> => {
  const { world, release } = createWorld({ ...options, survey: remains.survey });
  const lag = await measureLag(world);
  remains.release(await release().catch(() => [false]));
  return lag;
};

/** How a rule ended that found no fault, and couldn't go on. */
const unfinished = (
  thrown: unknown,
  { interruption }: Bench,
): Pick<Outcome, 'outcome' | 'reason'> => {
  if (thrown instanceof Unavailable) return { outcome: thrown.outcome, reason: thrown.message };
  if (interruption.aborted) return { outcome: 'not-verified', reason: interrupted };
  return { outcome: 'error', reason: messageOf(thrown) };
};
