import type { Contract } from '../../openapi/contract.ts';
import {
  createRuleContext,
  type RuleContext,
  type RuleContextOptions,
} from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import type { CheckRule } from '../context/rule.ts';
import { type FindSchemaFlaw, formFlawOf } from '../contract/bodies.ts';
import type { Acceptances } from '../contract/permitted-responses.ts';
import { Breakdown, messageOf } from '../errors.ts';
import { type Exchange, isNestedTooDeeply, parseJson, successOf } from '../http/exchange.ts';
import { reasonOf } from '../http/interruption.ts';
import { LostConnection } from '../http/transport.ts';
import { Unavailable } from '../targets/target.ts';
import type { WebhookEvent } from '../webhooks/deliveries.ts';
import { type LagMeasurement, measureLag } from './lag.ts';
import { conclude, counterexampleOf, type Outcome } from './outcome.ts';

/** What executing one rule takes. */
export interface RuleRunOptions {
  readonly context: RuleContextOptions;
  readonly flawOf: FindSchemaFlaw;
  readonly interruption: AbortSignal;
  readonly leftovers: ReturnType<typeof countLeftovers>;
}

/**
 * Executes one rule in its own context.
 *
 * @throws LostConnection when one of its writes was lost on a kept connection
 */
export const runRule = async (rule: CheckRule, run: RuleRunOptions): Promise<Outcome> => {
  const { leftovers } = run;
  let count = 0;
  const inspectExchange: RuleContextOptions['inspectExchange'] = (exchange) => {
    count += 1;
    leftovers.record(exchange);
    run.context.inspectExchange(exchange);
  };
  const options = { ...run.context, inspectExchange, verifies: rule.verifies };
  const { context, exchanges, received, release, subject } = createRuleContext(options);
  try {
    await rule.check(context);
    if (count > 0) return conclude(rule, { outcome: 'passed', exchanges: count });
    const reason = 'It had nothing to check: all that it is about is omitted.';
    return conclude(rule, { outcome: 'not-verified', reason });
  } catch (thrown) {
    if (thrown instanceof LostConnection) throw thrown;
    const found = nonconformityIn(thrown, run, () => [...received(), ...exchanges]);
    if (found) {
      const about = found.about ?? subject();
      const counterexample = {
        ...counterexampleOf(found, exchanges),
        ...(about.length > 0 && { about }),
      };
      return conclude(rule, { outcome: 'failed', exchanges: count, counterexample });
    }
    return conclude(rule, { ...unfinished(thrown, run), exchanges: count });
  } finally {
    // A failed cleanup says nothing about the rule.
    leftovers.release(await release().catch(() => [false]));
  }
};

/**
 * What the target did wrong; undefined when the suite or the network is at fault. An error that a
 * rule throws by accident is the suite's, unless a response that isn't in its documented form may
 * have caused it.
 */
const nonconformityIn = (
  thrown: unknown,
  { context, flawOf, interruption }: RuleRunOptions,
  exchanges: () => readonly Exchange[],
): Nonconformity | undefined => {
  if (thrown instanceof Nonconformity) return thrown;
  const known = thrown instanceof Unavailable || thrown instanceof Breakdown;
  if (known || interruption.aborted) return undefined;
  return findUndocumentedResponse(exchanges(), context, flawOf);
};

/** Measures how long lists and counts lag behind a write; no ambient rule inspects this. */
export const measureTargetLag = async ({
  context: options,
  leftovers,
}: RuleRunOptions): Promise<LagMeasurement> => {
  const { record: inspectExchange } = leftovers;
  const { context, release } = createRuleContext({ ...options, inspectExchange });
  const lag = await measureLag(context);
  leftovers.release(await release().catch(() => [false]));
  return lag;
};

/** The outcome of a rule that could not go on and blames nothing on the target. */
const unfinished = (
  thrown: unknown,
  { interruption }: RuleRunOptions,
): Pick<Outcome, 'outcome' | 'reason'> => {
  if (thrown instanceof Unavailable) return { outcome: thrown.outcome, reason: thrown.message };
  if (interruption.aborted) return { outcome: 'not-verified', reason: reasonOf(interruption) };
  return { outcome: 'error', reason: messageOf(thrown) };
};

/** Counts what a run creates, to report at its end what it left behind. */
export const countLeftovers = (contract: Contract) => {
  const created = new Map<string, number>();
  let kept = false;
  return {
    record: ({ operation, response }: Exchange): void => {
      if (operation === undefined || response.status >= 300) return;
      if (contract.operations[operation].success !== creationStatus) return;
      created.set(operation, (created.get(operation) ?? 0) + 1);
    },
    /** @param released - for each organisation that a rule used, whether it was deleted */
    release: (released: readonly boolean[]): void => {
      kept ||= released.includes(false);
    },
    /** Undefined when everything was deleted. */
    describe: (): string | undefined => {
      if (!kept || created.size === 0) return undefined;
      const counts = [...created].map(([operation, count]) => `${operation} (${String(count)})`);
      return `at most what these created: ${counts.join(', ')}`;
    },
  };
};

/** In the contract, only operations that create something succeed with it. */
const creationStatus = 201;

/**
 * The latest of these exchanges whose response or event isn't in its documented form. Undefined
 * when there is none; then the suite is at fault.
 */
const findUndocumentedResponse = (
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
      : undocumentedResponse(exchange, acceptances, eitherFlaw);
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
  // Events of other types need not have an id.
  const lacksId = documented.some((one) => one === type) && typeof data?.['id'] !== 'string';
  const flaw =
    flawOf('#/components/schemas/Event', event) ??
    (lacksId ? 'data.id is not a string' : undefined);
  if (flaw === undefined) return undefined;
  return new Nonconformity('an event in its documented form', `one in which ${flaw}`, { exchange });
};

const undocumentedResponse = (
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
  const expected = `a response of ${operation} in its documented form`;
  const actual = isNestedTooDeeply(response.body) ? 'it is nested too deeply to be read' : flaw;
  return new Nonconformity(expected, `${String(status)}, in which ${actual}`, { exchange });
};
