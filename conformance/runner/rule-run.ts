import type { Contract } from '../../openapi/contract.ts';
import {
  createRuleContext,
  type RuleContext,
  type RuleContextOptions,
} from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import type { CheckRule } from '../context/rule.ts';
import type { Acceptances } from '../contract/acceptances.ts';
import { type FindSchemaFlaw, formFlawOf } from '../contract/bodies.ts';
import { Breakdown, messageOf } from '../errors.ts';
import { type Exchange, isNestedTooDeeply, parseJson, successOf } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';
import type { WebhookEvent } from '../webhooks/deliveries.ts';
import { type LagMeasurement, measureLag } from './lag.ts';
import { conclude, counterexampleOf, type Outcome } from './outcome.ts';

/** What the judging of one rule rests on. */
export interface RuleRun {
  readonly context: RuleContextOptions;
  readonly flawOf: FindSchemaFlaw;
  readonly interruption: AbortSignal;
  readonly remains: ReturnType<typeof countLeftovers>;
}

/** Why a rule that the interruption kept from its end isn't verified. */
export const interrupted = 'The run was interrupted.';

/** Lets one rule check the target in a world of its own, and says how that ended. */
export const runRule = async (rule: CheckRule, bench: RuleRun): Promise<Outcome> => {
  const { context: options, remains } = bench;
  let exchanges = 0;
  const survey: RuleContextOptions['survey'] = (exchange) => {
    exchanges += 1;
    remains.survey(exchange);
    options.survey(exchange);
  };
  const { context, exchanges: told, received, release } = createRuleContext({ ...options, survey });
  try {
    await rule.check(context);
    if (exchanges > 0) return conclude(rule, { outcome: 'passed', exchanges });
    const reason = 'It found nothing to check: what it is about is omitted.';
    return conclude(rule, { outcome: 'not-verified', reason });
  } catch (thrown) {
    const found = nonconformityIn(thrown, bench, () => [...received(), ...told]);
    if (found) {
      const counterexample = counterexampleOf(found, told);
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
  { context, flawOf, interruption }: RuleRun,
  exchanges: () => readonly Exchange[],
): Nonconformity | undefined => {
  if (thrown instanceof Nonconformity) return thrown;
  const known = thrown instanceof Unavailable || thrown instanceof Breakdown;
  if (known || interruption.aborted) return undefined;
  return findUndocumentedAnswer(exchanges(), context, flawOf);
};

/** Measures how long lists and counts trail behind a write; what it sends is no rule's. */
export const measureTargetLag = async ({
  context: options,
  remains,
}: RuleRun): Promise<LagMeasurement> => {
  const { context, release } = createRuleContext({ ...options, survey: remains.survey });
  const lag = await measureLag(context);
  remains.release(await release().catch(() => [false]));
  return lag;
};

/** How a rule ended that found no fault, and couldn't go on. */
const unfinished = (
  thrown: unknown,
  { interruption }: RuleRun,
): Pick<Outcome, 'outcome' | 'reason'> => {
  if (thrown instanceof Unavailable) return { outcome: thrown.outcome, reason: thrown.message };
  if (interruption.aborted) return { outcome: 'not-verified', reason: interrupted };
  return { outcome: 'error', reason: messageOf(thrown) };
};

/** Counts what a run creates, to say at its end what it left behind. */
export const countLeftovers = (contract: Contract) => {
  const created = new Map<string, number>();
  let kept = false;
  return {
    survey: ({ operation, response }: Exchange): void => {
      if (operation === undefined || response.status >= 300) return;
      if (contract.operations[operation].success !== creationStatus) return;
      created.set(operation, (created.get(operation) ?? 0) + 1);
    },
    /** @param released - whether nothing is left of each organisation that a rule worked in */
    release: (released: readonly boolean[]): void => {
      kept ||= released.includes(false);
    },
    /** Undefined when everything could be given back. */
    tell: (): string | undefined => {
      if (!kept || created.size === 0) return undefined;
      const counts = [...created].map(([operation, count]) => `${operation} (${String(count)})`);
      return `at most what these created: ${counts.join(', ')}`;
    },
  };
};

/** The status by which the contract tells a creation from other writes. */
const creationStatus = 201;

/**
 * The latest of these exchanges whose answer, or whose event, isn't in its documented form: what a
 * rule that couldn't go on has stumbled over. Undefined when all are; then the fault is ours.
 */
const findUndocumentedAnswer = (
  exchanges: readonly Exchange[],
  { contract, acceptances }: Pick<RuleContext, 'contract' | 'acceptances'>,
  flawOf: FindSchemaFlaw,
): Nonconformity | undefined => {
  const formFlaw = formFlawOf(contract);
  const eitherFlaw: FindSchemaFlaw = (pointer, value) =>
    flawOf(pointer, value) ?? formFlaw(pointer, value);
  for (const exchange of exchanges.toReversed()) {
    const found = exchange.received
      ? undocumentedEvent(exchange, flawOf, contract.events)
      : undocumentedAnswer(exchange, acceptances, eitherFlaw);
    if (found) return found;
  }
  return undefined;
};

const undocumentedEvent = (
  exchange: Exchange,
  flawOf: FindSchemaFlaw,
  documented: readonly string[],
): Nonconformity | undefined => {
  const event = parseJson(new TextDecoder().decode(exchange.request.body));
  const { data, type } = (event as WebhookEvent | undefined) ?? {};
  // Other types of events may be about things without an id.
  const lacksId = documented.some((one) => one === type) && typeof data?.['id'] !== 'string';
  const flaw =
    flawOf('#/components/schemas/Event', event) ?? (lacksId ? 'data.id is no text' : undefined);
  if (flaw === undefined) return undefined;
  return new Nonconformity('an event in its documented form', `one where ${flaw}`, { exchange });
};

const undocumentedAnswer = (
  exchange: Exchange,
  acceptances: Acceptances,
  flawOf: FindSchemaFlaw,
): Nonconformity | undefined => {
  const { operation, json, response } = exchange;
  if (!operation) return undefined;
  const { status } = response;
  const success = successOf(exchange, acceptances);
  const media = success?.response.content['application/json'];
  const flaw = media
    ? flawOf(media.schema, json)
    : flawOf('#/components/schemas/Error', (json as { error?: unknown } | null | undefined)?.error);
  if (flaw === undefined) return undefined;
  const expected = `an answer of ${operation} in its documented form`;
  const actual = isNestedTooDeeply(response.body) ? 'it is nested too deeply to be read' : flaw;
  return new Nonconformity(expected, `${String(status)} where ${actual}`, { exchange });
};
