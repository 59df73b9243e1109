import type { Contract } from '../openapi/contract.ts';
import type { Requirement } from '../openapi/register.ts';
import { messageOf } from './breakdown.ts';
import { readScope, type Scope } from './omissions.ts';
import { conclude, tell, type Outcome } from './outcome.ts';
import type { AmbientRule, CheckRule, Rule } from './rule.ts';
import { countRemains } from './remains.ts';
import { watch } from './surveillance.ts';
import { unlocks, type Target } from './targets/target.ts';
import { readAcceptances } from './world/acceptance.ts';
import type { Surroundings } from './world/fetch.ts';
import { Nonconformity } from './world/nonconformity.ts';
import { withTimeout } from './world/timeout.ts';
import { createWorld, type WorldOptions } from './world/world.ts';

export interface RunOptions {
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly rules: readonly Rule[];
  readonly target: Target;
  readonly surroundings: Surroundings;
  /** Every generated value follows from it. */
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** When it fires, the run ends early and still tells what it knows. */
  readonly interruption: AbortSignal;
  /** Is told of each outcome as it is found. */
  readonly progress: (outcome: Outcome) => void;
}

/**
 * Judges a target by rules, one after the other; the ambient rules look at all that happens
 * meanwhile. A rule that breaks down doesn't keep the others from running.
 *
 * @returns the outcomes in the order of the rules, what was left out, and what was left behind
 * @throws Breakdown when an omission of the target names what doesn't exist
 */
export const runRules = async (
  options: RunOptions,
): Promise<{ outcomes: Outcome[]; scope: Scope; remains: string | undefined }> => {
  const { contract, register, rules, target, surroundings, timeout, interruption } = options;
  const scope = readScope(contract, register, target.omissions);
  const acceptances = readAcceptances(contract, register);
  const ambient = rules.filter((rule): rule is AmbientRule => rule.kind === 'ambient');
  const { survey, outcomes: conclusions } = watch(ambient, contract, acceptances);
  const fetch = withTimeout(surroundings.fetch, timeout, interruption);
  const ended = new Map<string, Outcome>();
  const end = (outcome: Outcome): void => {
    ended.set(outcome.id, outcome);
    options.progress(outcome);
  };
  const { operations } = scope;
  const remains = countRemains(contract);
  for (const rule of rules) {
    if (rule.kind === 'ambient') continue;
    const sampling = { seed: seedFor(options.seed, rule.id), runs: options.runs };
    const clock = surroundings;
    const world = { contract, acceptances, target, operations, fetch, clock, sampling, survey };
    end(
      omission(rule, scope) ??
        hindrance(rule, target, interruption) ??
        (await judge(rule, world, interruption, remains)),
    );
  }
  for (const [index, outcome] of conclusions().entries()) {
    const rule = ambient[index];
    end((rule && omission(rule, scope)) ?? outcome);
  }
  const outcomes = rules.flatMap(({ id }) => ended.get(id) ?? []);
  return { outcomes, scope, remains: target.ephemeral ? undefined : remains.tell() };
};

const omission = (rule: Rule, { omitted }: Scope): Outcome | undefined => {
  const reasons = rule.verifies.map((id) => omitted.get(id));
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return conclude(rule, { outcome: 'omitted', reason: reasons[0] });
};

const hindrance = (
  rule: CheckRule,
  target: Target,
  interruption: AbortSignal,
): Outcome | undefined => {
  if (interruption.aborted) return conclude(rule, { outcome: 'not-verified', reason: interrupted });
  const missing = rule.needs.filter((capability) => !target.offers.has(capability));
  if (missing.length === 0) return undefined;
  const reason = `It needs ${missing.map((capability) => unlocks[capability]).join(', and ')}.`;
  return conclude(rule, { outcome: 'not-verified', reason });
};

const interrupted = 'The run was interrupted.';

const judge = async (
  rule: CheckRule,
  options: WorldOptions,
  interruption: AbortSignal,
  remains: ReturnType<typeof countRemains>,
): Promise<Outcome> => {
  let exchanges = 0;
  const survey: WorldOptions['survey'] = (exchange) => {
    exchanges += 1;
    remains.survey(exchange);
    options.survey(exchange);
  };
  const { world, exchanges: told, release } = createWorld({ ...options, survey });
  try {
    await rule.check(world);
    if (exchanges > 0) return conclude(rule, { outcome: 'passed', exchanges });
    const reason = 'It found nothing to check: what it is about is omitted.';
    return conclude(rule, { outcome: 'not-verified', reason });
  } catch (thrown) {
    if (thrown instanceof Nonconformity) {
      const counterexample = tell(thrown, told);
      return conclude(rule, { outcome: 'failed', exchanges, counterexample });
    }
    if (interruption.aborted) {
      return conclude(rule, { outcome: 'not-verified', reason: interrupted, exchanges });
    }
    return conclude(rule, { outcome: 'error', reason: messageOf(thrown), exchanges });
  } finally {
    // What can't be given back is no fault of the target that the rule is about.
    remains.release(await release().catch(() => [false]));
  }
};

/** A seed of its own for each rule, so that rules left out don't change the others' values. */
const seedFor = (seed: number, id: string): number =>
  Array.from(id).reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), seed);
