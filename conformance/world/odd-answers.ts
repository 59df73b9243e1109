import type { Pointer } from '../../openapi/contract.ts';
import type { Acceptances } from './acceptance.ts';
import { formFlawOf } from './answer-form.ts';
import type { WebhookEvent } from './deliveries.ts';
import { parseJson, type Exchange } from './exchange.ts';
import { isNestedTooDeeply } from './nesting.ts';
import { Nonconformity } from './nonconformity.ts';
import { successOf } from './success.ts';
import type { World } from './world.ts';

/** Whether the value satisfies the schema there; the reason when it doesn't. */
export type FindFlaw = (pointer: Pointer, value: unknown) => string | undefined;

/**
 * The latest of these exchanges whose answer, or whose event, isn't in its documented form: what a
 * rule that couldn't go on has stumbled over. Undefined when all are; then the fault is ours.
 */
export const findOddAnswer = (
  exchanges: readonly Exchange[],
  { contract, acceptances }: Pick<World, 'contract' | 'acceptances'>,
  flawOf: FindFlaw,
): Nonconformity | undefined => {
  const formFlaw = formFlawOf(contract);
  const eitherFlaw: FindFlaw = (pointer, value) =>
    flawOf(pointer, value) ?? formFlaw(pointer, value);
  for (const exchange of exchanges.toReversed()) {
    const found = exchange.received
      ? oddEvent(exchange, flawOf, contract.events)
      : oddAnswer(exchange, acceptances, eitherFlaw);
    if (found) return found;
  }
  return undefined;
};

const oddEvent = (
  exchange: Exchange,
  flawOf: FindFlaw,
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

const oddAnswer = (
  exchange: Exchange,
  acceptances: Acceptances,
  flawOf: FindFlaw,
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
