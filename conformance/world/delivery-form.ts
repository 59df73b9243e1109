import { isUtf8 } from 'node:buffer';
import type { Contract } from '../../openapi/contract.ts';
import type { Delivery } from './deliveries.ts';
import { expectEqual, expectThat } from './expectations.ts';
import { timestampsOf } from './instant.ts';
import { expectParts, signatureOf } from './signed.ts';

/** What is documented of the form of every webhook request, whatever event it is of. */

const nameOf = ({ event }: Delivery): string =>
  typeof event?.type === 'string' ? event.type : 'a webhook request';

export const expectPost = (delivery: Delivery): void => {
  expectEqual(delivery.method, 'POST', `the method of ${nameOf(delivery)}`);
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
  expectThat(isOne, `an id evt_… in ${nameOf(delivery)}`, () => id);
};

/** Types besides the documented ones are not excluded. */
export const expectType = ({ event }: Delivery): void => {
  const type = event?.type;
  expectThat(typeof type === 'string' && type !== '', 'a type of the event', () => type);
};

export const expectCreatedAt = (contract: Contract, delivery: Delivery): void => {
  const moment = delivery.event?.created_at;
  const what = `a timestamp as created_at of ${nameOf(delivery)}`;
  expectThat(timestampsOf(contract)(moment), what, () => moment);
};

/** Only the documented events are known to be about a dossier or note. */
export const expectData = (contract: Contract, delivery: Delivery): void => {
  const { type, data } = delivery.event ?? {};
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  expectThat(isObject, `an object as data of ${nameOf(delivery)}`, () => data);
  if (!contract.events.some((one) => one === type)) return;
  const id = data?.['id'];
  const named = typeof id === 'string' && id !== '';
  expectThat(named, `an id in data of ${nameOf(delivery)}`, () => id);
};

export const expectSignatureHeader = (contract: Contract, delivery: Delivery): void => {
  const header = signatureOf({ contract }, delivery);
  const what = `the header of the signature with ${nameOf(delivery)}`;
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
