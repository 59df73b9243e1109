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

/** What is documented of the form of every webhook request, whatever event it is of. */

const nameOfDelivery = ({ event }: Delivery): string =>
  typeof event?.type === 'string' ? event.type : 'a webhook request';

export const expectPost = (delivery: Delivery): void => {
  expectEqual(delivery.method, 'POST', `the method of ${nameOfDelivery(delivery)}`);
};

/** A JSON object in UTF-8, announced as such. */
export const expectJsonObject = (delivery: Delivery): void => {
  const { body, event, headers } = delivery;
  expectThat(isUtf8(body), 'a body in UTF-8, as all JSON', () => 'other bytes');
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

/** Types besides the documented ones are not excluded. */
export const expectType = ({ event }: Delivery): void => {
  const type = event?.type;
  expectThat(typeof type === 'string' && type !== '', 'a type of the event', () => type);
};

export const expectCreatedAt = (contract: Contract, delivery: Delivery): void => {
  const moment = delivery.event?.created_at;
  const what = `a timestamp as created_at of ${nameOfDelivery(delivery)}`;
  expectThat(timestampsOf(contract)(moment), what, () => moment);
};

/** Only the documented events are known to be about a dossier or note. */
export const expectData = (contract: Contract, delivery: Delivery): void => {
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
  const what = `the header of the signature with ${nameOfDelivery(delivery)}`;
  expectThat(Boolean(header), what, () => Object.keys(delivery.headers));
};

export const expectPartsApart = (contract: Contract, delivery: Delivery): void => {
  expectParts({ contract }, delivery);
  const header = signatureOf({ contract }, delivery) ?? '';
  const apart = header.split(',').every((part) => /^[^\s=]+=\S+$/.test(part));
  expectThat(apart, 'parts name=value, separated by commas', () => header);
};

export const expectHex = (contract: Contract, delivery: Delivery): void => {
  const { v1 } = expectParts({ contract }, delivery);
  expectThat(/^[0-9a-f]{64}$/.test(v1), '64 lower-case hexadecimal digits', () => v1);
};

/** The year 5138 in seconds, and 1973 in milliseconds. */
const endOfSeconds = 100_000_000_000;

export const expectSeconds = (contract: Contract, delivery: Delivery): void => {
  const { t } = expectParts({ contract }, delivery);
  expectThat(/^\d+$/.test(t), 'a number of whole seconds', () => t);
  // Of which moment it is, is a matter of decisions; milliseconds would be millennia off.
  expectThat(Number(t) < endOfSeconds, 'seconds since 1970, not milliseconds', () => t);
};

/** Its parts, which there must be. */
export const expectParts = (
  context: Pick<RuleContext, 'contract'>,
  delivery: Pick<Delivery, 'headers'>,
): SignatureParts => {
  const header = signatureOf(context, delivery);
  const parts = readSignature(header ?? '');
  if (!parts) throw new Nonconformity('a signature with t and v1', header ?? 'no such header');
  return parts;
};

/** The delivery is signed with the secret, over its bytes as they were received. */
export const expectSigned = (
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

/** Receives as one that is out of order: so many deliveries are refused before it takes any. */
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

/** Receives as one whose connection breaks down: the first delivery gets no answer. */
export const breakOffFirst = (): NonNullable<Receiver['answer']> => {
  let broken = false;
  return () => {
    if (broken) return { status: 200 };
    broken = true;
    return Promise.reject(new Error('The receiver breaks the connection off.'));
  };
};

/** How long a repetition is waited for, in milliseconds; pauses are a matter of decisions. */
export const attemptPatienceOf = ({ patience }: Pick<Inbox, 'patience'>): number =>
  Math.max(15_000, 1.5 * patience.event);

/** The first so many attempts to deliver an event, which must be made. */
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
 * None of these must have come; to be asked when all on its way has arrived.
 *
 * @throws Unavailable where what came again may have been another attempt at the same event, since
 *   the target gives each attempt an id of its own (LG-WEB-005)
 */
export const expectNoEvents = async (
  context: Pick<RuleContext, 'organization' | 'offers'>,
  inbox: Inbox,
  found: readonly Delivery[],
  expected: string,
): Promise<void> => {
  const first = found.find((one) => earlierLike(inbox, one) === 0) ?? found[0];
  if (!first) return;
  // Before anything that is only done to ask further.
  const [exchange] = inbox.show(first);
  const times = earlierLike(inbox, first) + 1;
  if (times > 1 && (await namesAttemptsApart(context, times))) {
    throw new Unavailable(
      'Each attempt of this target has an id of its own (LG-WEB-005), so that another attempt looks like another event.',
    );
  }
  throw new Nonconformity(expected, asText(first.event?.type), exchange && { exchange });
};

/** How many deliveries of the same type about the same thing came before this one. */
const earlierLike = (inbox: Inbox, delivery: Delivery): number => {
  const { type, data } = delivery.event ?? {};
  const all = inbox.deliveries();
  return all
    .slice(0, all.indexOf(delivery))
    .filter(({ event }) => event?.type === type && event?.data?.['id'] === data?.['id']).length;
};

/**
 * Whether a refused event comes again under other ids.
 *
 * @param most - so many events of other ids may be what the target sends at once, by mistake
 */
const namesAttemptsApart = async (
  context: Pick<RuleContext, 'organization' | 'offers'>,
  most: number,
): Promise<boolean> => {
  // The one endpoint that a person has made takes whatever comes.
  if (!context.offers.has('own-endpoints')) return false;
  const org = await context.organization();
  const inbox = await org.inbox(refuseFirst(Infinity));
  const { id } = await createDossier(org, { type: 'candidate', name: 'To be told again' });
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
