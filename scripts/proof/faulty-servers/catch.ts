import type { Rule } from '../../../conformance/context/rule.ts';
import type { Exchange } from '../../../conformance/http/exchange.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Counterexample, Outcome } from '../../../conformance/runner/outcome.ts';
import type { Contract } from '../../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { ruleIds } from '../harness/harness.ts';
import type { FaultyServer } from './faulty-server.ts';
import type { FaultyServerHarness } from './start.ts';

/** The result of one attempt to catch a faulty server. */
export interface CatchResult {
  /** Undefined when it was not caught. */
  readonly caught: Catch | undefined;
  /** The rules that ran. */
  readonly tried: readonly string[];
  readonly requests: number;
  readonly milliseconds: number;
}

export interface CatchOptions {
  readonly harness: FaultyServerHarness;
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** The ids of rules that the unmodified server didn't pass; none by default. */
  readonly unfit?: ReadonlySet<string>;
}

/**
 * Runs the rules that verify what a faulty server breaks, until one of them catches it.
 *
 * @throws Error for a fault that breaks no MUST of the register
 */
export const tryToCatch = async (
  fault: FaultyServer,
  { harness, contract, register, seed, runs, unfit = new Set() }: CatchOptions,
): Promise<CatchResult> => {
  const broken = register.find(({ id }) => id === fault.breaks);
  if (broken?.level !== 'MUST') throw new Error(`${fault.id} breaks no MUST of the register.`);
  const requirement = { ...broken, concerns: [...broken.concerns, ...(fault.at ?? [])] };
  const chosen = rulesForRequirement(requirement.id);
  const context: CatchContext = {
    operations: new Set(Object.keys(contract.operations)),
    failureRules,
    unfit,
  };
  const { outcomes, requests, milliseconds } = await harness.judge(fault, {
    ...{ rules: chosen, seed, runs },
    enough: (outcome) => findCatch(requirement, [outcome], context) !== undefined,
  });
  const caught = findCatch(requirement, outcomes, context);
  return { caught, tried: chosen.map(({ id }) => id), requests, milliseconds };
};

/** The requirement about servers that fail with an internal error. */
const internalErrors = 'LG-ERR-031';

const isFailureRule = (rule: Rule): boolean =>
  rule.verifies.includes(internalErrors) ||
  (rule.kind === 'check' && rule.needs.includes('faults'));

const failureRules = new Set(rules.filter(isFailureRule).map(({ id }) => id));

/** Rules whose exchanges have every operation and every kind of response, for ambient rules. */
const trafficRules = ruleIds(
  'scopes/missing-scope',
  'scopes/sufficient-scopes',
  'pagination/over-maximum',
  'pagination/meta-complete',
  'errors/unknown-id',
  'limits/refusal',
);

/**
 * The rules that can catch a server that breaks this requirement, those that verify few others first.
 * Ambient rules get the traffic that they need.
 */
export const rulesForRequirement = (requirement: RequirementId): Rule[] => {
  const verifying = rules
    .filter(({ level, verifies }) => level === 'MUST' && verifies.includes(requirement))
    .sort((one, other) => one.verifies.length - other.verifies.length);
  const checks = verifying.filter(({ kind }) => kind === 'check');
  if (verifying.length === checks.length) return checks;
  const shown = rules.filter(
    ({ id }) => trafficRules.has(id) && !checks.some((one) => one.id === id),
  );
  return [...checks, ...shown, ...verifying.filter(({ kind }) => kind === 'ambient')];
};

/** How a rule caught a fault. */
export interface Catch {
  readonly rule: string;
  readonly expected: string;
  readonly actual: string;
}

/** What `findCatch` needs besides the outcomes. */
interface CatchContext {
  /** The ids of all operations. */
  readonly operations: ReadonlySet<string>;
  /** The ids of rules that request internal errors, or are about them. */
  readonly failureRules: ReadonlySet<string>;
  /** The ids of rules that the unmodified server didn't pass: they catch nothing. */
  readonly unfit: ReadonlySet<string>;
}

/**
 * The first outcome that catches a server that breaks this requirement: a MUST rule that verifies it,
 * and passes on the unmodified server, failed at something that the requirement concerns, without a
 * crash of the server. Other failures don't count.
 */
export const findCatch = (
  requirement: Requirement,
  outcomes: readonly Outcome[],
  { operations, failureRules, unfit }: CatchContext,
): Catch | undefined => {
  for (const { id: rule, counterexample, level, verifies, outcome } of outcomes) {
    if (outcome !== 'failed' || !counterexample) continue;
    if (level !== 'MUST' || !verifies.includes(requirement.id) || unfit.has(rule)) continue;
    if (!concerns(requirement, counterexample, operations)) continue;
    if (!failureRules.has(rule) && counterexample.exchanges.some(isCrash)) continue;
    return { rule, expected: counterexample.expected, actual: counterexample.actual };
  }
  return undefined;
};

/** Whether the rule failed at something that the requirement concerns. */
const concerns = (
  { concerns: about }: Requirement,
  counterexample: Counterexample,
  operations: ReadonlySet<string>,
): boolean => {
  const missing = counterexample.judged?.missing;
  if (missing !== undefined) return about.some((one) => one === missing || one === 'events');
  if (about.includes('all')) return true;
  const aboutEvents = about.some((one) => !operations.has(one));
  return relevantExchanges(counterexample).some(({ operation, received }) =>
    received ? aboutEvents : about.some((one) => one === operation),
  );
};

/**
 * The exchanges that can show the fault: the one that was judged (the last one unless the rule names
 * another), and the latest write before it with those that overlapped it. A write shows in its response
 * and in what is read or delivered after it; a read shows in its own response only. Earlier exchanges
 * are preparation.
 */
const relevantExchanges = ({ exchanges, judged }: Counterexample): readonly Exchange[] => {
  const last = judged?.exchange ?? exchanges.at(-1);
  if (!last || (judged?.exchange && isWrite(last))) return last ? [last] : [];
  const before = exchanges.slice(0, exchanges.lastIndexOf(last) + 1);
  const write = before.findLast(isWrite);
  return [last, ...before.filter((one) => write && isWrite(one) && overlap(one, write))];
};

/** Whether one had not ended when the other started. */
const overlap = (one: Exchange, other: Exchange): boolean =>
  one === other || one.startedAt + one.milliseconds > other.startedAt;

const isWrite = ({ request, received }: Exchange): boolean => !received && request.method !== 'GET';

/**
 * Whether the server crashed. Rules about internal errors are exempt, since a requested error looks like
 * any other. Unintended errors of a faulty server end the attempt anyway.
 */
const isCrash = ({ response, received }: Exchange): boolean => !received && response.status >= 500;
