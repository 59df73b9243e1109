import type { Rule } from '../../../conformance/context/rule.ts';
import type { Exchange } from '../../../conformance/http/exchange.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Counterexample, Outcome } from '../../../conformance/runner/outcome.ts';
import type { Contract } from '../../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { ruleIds } from '../harness/harness.ts';
import type { FaultyServer } from './faulty-server.ts';
import type { FaultyServerHarness } from './start.ts';

/** What came of the hunt for one fault. */
export interface CatchResult {
  /** Undefined for a fault that got away. */
  readonly caught: Catch | undefined;
  /** The rules that could have seen it. */
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
  /** The ids of the rules that an honest server failed; none unless told. */
  readonly unfit?: ReadonlySet<string>;
}

/**
 * Judges a faulty server by the rules that verify what it breaks, until one of them kills it.
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
  const knowledge: CatchContext = {
    operations: new Set(Object.keys(contract.operations)),
    provoking,
    unfit,
  };
  const { outcomes, requests, milliseconds } = await harness.judge(fault, {
    ...{ rules: chosen, seed, runs },
    enough: (outcome) => findCatch(requirement, [outcome], knowledge) !== undefined,
  });
  const caught = findCatch(requirement, outcomes, knowledge);
  return { caught, tried: chosen.map(({ id }) => id), requests, milliseconds };
};

/** The requirement that is broken by a server that fails where it should refuse. */
const aboutFailing = 'LG-ERR-031';

const provokes = (rule: Rule): boolean =>
  rule.verifies.includes(aboutFailing) || (rule.kind === 'check' && rule.needs.includes('faults'));

const provoking = new Set(rules.filter(provokes).map(({ id }) => id));

/** Rules whose exchanges show ambient rules every operation and every kind of answer. */
const traffic = ruleIds(
  'scopes/missing-scope',
  'scopes/sufficient-scopes',
  'pagination/over-maximum',
  'pagination/meta-complete',
  'errors/unknown-id',
  'limits/refusal',
);

/**
 * The rules that may kill a server for breaking this requirement, those that verify little beside it
 * first; as in any run, those that wait are judged before the others. Ambient ones get the traffic to
 * look at that they need.
 */
export const rulesForRequirement = (requirement: RequirementId): Rule[] => {
  const verifying = rules
    .filter(({ level, verifies }) => level === 'MUST' && verifies.includes(requirement))
    .sort((one, other) => one.verifies.length - other.verifies.length);
  const checks = verifying.filter(({ kind }) => kind === 'check');
  if (verifying.length === checks.length) return checks;
  const shown = rules.filter(({ id }) => traffic.has(id) && !checks.some((one) => one.id === id));
  return [...checks, ...shown, ...verifying.filter(({ kind }) => kind === 'ambient')];
};

/** How a rule saw a fault, for its own reason. */
export interface Catch {
  readonly rule: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a judge of kills knows beside the outcomes. */
interface CatchContext {
  /** The ids of all operations. */
  readonly operations: ReadonlySet<string>;
  /** The ids of the rules that make servers fail inside, or are about servers that do. */
  readonly provoking: ReadonlySet<string>;
  /** The ids of the rules that an honest server failed: they kill nothing. */
  readonly unfit: ReadonlySet<string>;
}

/**
 * The first outcome that kills a server for breaking this requirement: a fit rule that verifies it,
 * a MUST, failed by what it judged of something that the requirement concerns, and no crash is among
 * what it saw. What fails beside that is collateral, and counts for nothing.
 */
export const findCatch = (
  requirement: Requirement,
  outcomes: readonly Outcome[],
  { operations, provoking, unfit }: CatchContext,
): Catch | undefined => {
  for (const { id: rule, counterexample, level, verifies, outcome } of outcomes) {
    if (outcome !== 'failed' || !counterexample) continue;
    if (level !== 'MUST' || !verifies.includes(requirement.id) || unfit.has(rule)) continue;
    if (!concerns(requirement, counterexample, operations)) continue;
    if (!provoking.has(rule) && counterexample.exchanges.some(isCrash)) continue;
    return { rule, expected: counterexample.expected, actual: counterexample.actual };
  }
  return undefined;
};

/** Whether what was judged is something that the requirement is about. */
const concerns = (
  { concerns: about }: Requirement,
  counterexample: Counterexample,
  operations: ReadonlySet<string>,
): boolean => {
  const missing = counterexample.judged?.missing;
  if (missing !== undefined) return about.some((one) => one === missing || one === 'events');
  if (about.includes('all')) return true;
  const aboutEvents = about.some((one) => !operations.has(one));
  return witnessesOf(counterexample).some(({ operation, received }) =>
    received ? aboutEvents : about.some((one) => one === operation),
  );
};

/**
 * The exchanges in which the fault must have shown. What a write did shows in its answer, and in what
 * is read or delivered after it; what a reading does shows in its own answer alone. So these are the
 * exchange that was judged, which is the last one unless the rule knows better, and the latest write
 * before it, or those that were under way at the same moment. All that was done earlier is
 * preparation.
 */
const witnessesOf = ({ exchanges, judged }: Counterexample): readonly Exchange[] => {
  const last = judged?.exchange ?? exchanges.at(-1);
  if (!last || (judged?.exchange && isWrite(last))) return last ? [last] : [];
  const told = exchanges.slice(0, exchanges.lastIndexOf(last) + 1);
  const write = told.findLast(isWrite);
  return [last, ...told.filter((one) => write && isWrite(one) && overlap(one, write))];
};

/** Whether one was still under way when the other began. */
const overlap = (one: Exchange, other: Exchange): boolean =>
  one === other || one.startedAt + one.milliseconds > other.startedAt;

const isWrite = ({ request, received }: Exchange): boolean => !received && request.method !== 'GET';

/**
 * Whether the server broke down. Rules that ask it to fail inside, or look for that, are exempt as a whole: the answer
 * that they planned can't be told from others by its looks, as some faults spoil just that one. What
 * fails in the server unplanned it complains of, and that ends the hunt.
 */
const isCrash = ({ response, received }: Exchange): boolean => !received && response.status >= 500;
