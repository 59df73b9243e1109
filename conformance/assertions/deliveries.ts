import { createDossier } from '../fixtures/dossiers.ts';
import { isUtf8 } from 'node:buffer';
import type { Contract, EventType } from '../../openapi/contract.ts';
import type { RuleContext } from '../context/context.ts';
import { asText, expectEqual, expectThat, Nonconformity } from '../context/expectations.ts';
import { Unavailable } from '../targets/target.ts';
import type { Delivery } from '../webhooks/deliveries.ts';
import type { Inbox } from '../webhooks/endpoints.ts';
import {
  flawOfSignature,
  readSignature,
  signatureOf,
  type SignatureParts,
} from '../webhooks/signature.ts';
import type { Receiver } from '../webhooks/sink.ts';
import { isAbout } from './events.ts';
import { timestampsOf } from './timestamps.ts';

/** Checks of the format of every webhook request, whatever its event. */

const nameOfDelivery = ({ event }: Delivery): string =>
  typeof event?.type === 'string' ? event.type : 'a webhook request';

export const expectPost = (delivery: Delivery): void => {
  expectEqual(delivery.method, 'POST', `the method of ${nameOfDelivery(delivery)}`);
};

/** A JSON object in UTF-8, declared as `application/json`. */
export const expectJsonObject = (delivery: Delivery): void => {
  const { body, event, headers } = delivery;
  expectThat(isUtf8(body), 'a body in UTF-8', () => 'other bytes');
  const text = () => `"${new TextDecoder().decode(body.slice(0, 200))}"`;
  expectThat(event !== undefined, 'a JSON object as the body of a webhook request', text);
  const type = headers['content-type'] ?? 'none';
  const announced = /^application\/json\s*(;|$)/i.test(type);
  expectThat(announced, 'the media type application/json', () => type);
};

export const expectEventId = (delivery: Delivery): void => {
  const id = delivery.event?.id;
  const isOne = typeof id === 'string' && /^evt_./.test(id);
  expectThat(isOne, `an id evt_… in ${nameOfDelivery(delivery)}`, () => id);
};

/** Types other than the documented ones are allowed. */
export const expectEventType = ({ event }: Delivery): void => {
  const type = event?.type;
  expectThat(typeof type === 'string' && type !== '', 'a type of the event', () => type);
};

export const expectEventCreatedAt = (contract: Contract, delivery: Delivery): void => {
  const moment = delivery.event?.created_at;
  const what = `a timestamp as created_at of ${nameOfDelivery(delivery)}`;
  expectThat(timestampsOf(contract)(moment), what, () => moment);
};

/** Only documented events are known to be about a dossier or note. */
export const expectEventData = (contract: Contract, delivery: Delivery): void => {
  const { type, data } = delivery.event ?? {};
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  expectThat(isObject, `an object as data of ${nameOfDelivery(delivery)}`, () => data);
  if (!contract.events.some((one) => one === type)) return;
  const id = data?.['id'];
  const named = typeof id === 'string' && id !== '';
  expectThat(named, `an id in data of ${nameOfDelivery(delivery)}`, () => id);
};

export const expectSignatureHeader = (contract: Contract, delivery: Delivery): void => {
  const header = signatureOf({ contract }, delivery);
  const what = `the signature header of ${nameOfDelivery(delivery)}`;
  expectThat(Boolean(header), what, () => Object.keys(delivery.headers));
};

export const expectSignatureParts = (contract: Contract, delivery: Delivery): void => {
  requireSignatureParts({ contract }, delivery);
  const header = signatureOf({ contract }, delivery) ?? '';
  const apart = header.split(',').every((part) => /^[^\s=]+=\S+$/.test(part));
  expectThat(apart, 'parts name=value, separated by commas', () => header);
};

export const expectSignatureHex = (contract: Contract, delivery: Delivery): void => {
  const { v1 } = requireSignatureParts({ contract }, delivery);
  expectThat(/^[0-9a-f]{64}$/.test(v1), '64 lower-case hexadecimal digits', () => v1);
};

/** The year 5138 in seconds, or 1973 in milliseconds. */
const endOfSeconds = 100_000_000_000;

export const expectSignatureSeconds = (contract: Contract, delivery: Delivery): void => {
  const { t } = requireSignatureParts({ contract }, delivery);
  expectThat(/^\d+$/.test(t), 'a number of whole seconds', () => t);
  // The exact time is a decision, but a number of milliseconds would be thousands of years off.
  expectThat(Number(t) < endOfSeconds, 'seconds since 1970, not milliseconds', () => t);
};

/** The parts of the signature header; fails if it can't be parsed. */
export const requireSignatureParts = (
  context: Pick<RuleContext, 'contract'>,
  delivery: Pick<Delivery, 'headers'>,
): SignatureParts => {
  const header = signatureOf(context, delivery);
  const parts = readSignature(header ?? '');
  if (!parts) throw new Nonconformity('a signature with t and v1', header ?? 'no such header');
  return parts;
};

/** The delivery is signed with the secret, over its bytes as received. */
export const expectValidSignature = (
  context: Pick<RuleContext, 'contract'>,
  { headers, body }: Pick<Delivery, 'headers' | 'body'>,
  secret: string,
): void => {
  const header = signatureOf(context, { headers });
  const flaw = flawOfSignature({ header, body, secret });
  if (flaw === undefined) return;
  const actual = `a signature that is ${flaw}: ${header ?? 'no header'}`;
  throw new Nonconformity('the signature of the body with the secret of the endpoint', actual);
};

/** A receiver that refuses the first `count` deliveries and accepts the rest. */
export const refuseFirst = (
  count: number,
  status = 500,
  headers: Readonly<Record<string, string>> = {},
): NonNullable<Receiver['answer']> => {
  let left = count;
  return () => {
    left -= 1;
    return left < 0 ? { status: 200 } : { status, headers };
  };
};

/** A receiver whose connection breaks on the first delivery. */
export const breakFirstConnection = (): NonNullable<Receiver['answer']> => {
  let broken = false;
  return () => {
    if (broken) return { status: 200 };
    broken = true;
    return Promise.reject(new Error('The receiver breaks the connection.'));
  };
};

/** How long to wait for another attempt, in milliseconds; the delays are decisions. */
export const attemptPatienceOf = ({ patience }: Pick<Inbox, 'patience'>): number =>
  Math.max(15_000, 1.5 * patience.event);

/** The first `count` attempts to deliver an event; fails if there are fewer. */
export const expectAttempts = async (
  inbox: Inbox,
  type: EventType,
  id: string,
  count: number,
): Promise<readonly Delivery[]> => {
  const attempts = () => inbox.deliveries().filter(isAbout(type, id));
  const patience = attemptPatienceOf(inbox);
  await inbox.find(() => attempts().length >= count, patience);
  const found = attempts().slice(0, count);
  inbox.show(...found);
  if (found.length === count) return found;
  const seen = `${String(found.length)} in ${String(patience / 1000)} s`;
  throw new Nonconformity(`${String(count)} attempts to deliver ${type}`, seen, {
    missing: type,
  });
};

/**
 * None of these deliveries may exist. Call it when no event is pending.
 *
 * @throws Unavailable if a delivery may be another attempt, because the target gives each attempt
 * its own id (LG-WEB-005)
 */
export const expectNoEvents = async (
  context: Pick<RuleContext, 'organization' | 'offers'>,
  inbox: Inbox,
  found: readonly Delivery[],
  expected: string,
): Promise<void> => {
  const first = found.find((one) => countEarlierAttempts(inbox, one) === 0) ?? found[0];
  if (!first) return;
  // Before the probe below sends more requests.
  const [exchange] = inbox.show(first);
  const times = countEarlierAttempts(inbox, first) + 1;
  if (times > 1 && (await givesAttemptsOwnIds(context, times))) {
    throw new Unavailable(
      'Each attempt of this target has its own id (LG-WEB-005), so that another attempt looks like another event.',
    );
  }
  throw new Nonconformity(expected, asText(first.event?.type), exchange && { exchange });
};

/** The number of earlier deliveries with the same type and subject. */
const countEarlierAttempts = (inbox: Inbox, delivery: Delivery): number => {
  const { type, data } = delivery.event ?? {};
  const all = inbox.deliveries();
  return all
    .slice(0, all.indexOf(delivery))
    .filter(({ event }) => event?.type === type && event?.data?.['id'] === data?.['id']).length;
};

/**
 * Whether each attempt to deliver a refused event has a different id.
 *
 * @param most - so many different ids may be duplicates sent by mistake
 */
const givesAttemptsOwnIds = async (
  context: Pick<RuleContext, 'organization' | 'offers'>,
  most: number,
): Promise<boolean> => {
  // A single endpoint that was created by hand can't refuse deliveries.
  if (!context.offers.has('own-endpoints')) return false;
  const org = await context.organization();
  const inbox = await org.inbox(refuseFirst(Infinity));
  const { id } = await createDossier(org, { type: 'candidate', name: 'Delivered again' });
  const ids = () =>
    inbox
      .deliveries()
      .filter(isAbout('dossier.created', id))
      .map(({ event }) => event?.id);
  const apart = () => new Set(ids()).size;
  const isKnown = () => apart() < ids().length || apart() > most;
  await inbox.find(isKnown, attemptPatienceOf(inbox));
  return apart() === ids().length && apart() > most;
};
