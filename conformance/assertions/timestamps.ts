import { type Contract, schemaAt } from '../../openapi/contract.ts';
import { dataOf } from '../context/answers.ts';
import type { Organization } from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import type { NewDossier } from '../contract/resources.ts';
import { findListedContact, retrieveContact, unusedWord } from '../fixtures/contacts.ts';
import { findListedDossier, retrieveDossier } from '../fixtures/dossiers.ts';
import { formOf } from '../fixtures/forms.ts';
import { contactsOfDossier, findNote } from '../fixtures/links-and-notes.ts';
import type { Exchange } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';
import type { Form } from '../http/form.ts';

const iso = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?/;

/**
 * A timestamp in any form that the contract allows, as milliseconds since 1970; NaN for anything
 * else.
 */
export const instantOf = (timestamp: string): number => {
  const [, year, month, day, hour, minute, second = '0'] = iso.exec(timestamp) ?? [];
  const start = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
  );
  return start + Number(second.replace(',', '.')) * 1000;
};

/** Returns a function that tells whether a value is a timestamp as in the contract. */
export const timestampsOf = (contract: Contract): ((value: unknown) => boolean) => {
  const { pattern } = schemaAt(contract, '#/components/schemas/Timestamp');
  const form = new RegExp(String(pattern));
  return (value) =>
    typeof value === 'string' && form.test(value) && !Number.isNaN(instantOf(value));
};

/** The difference between two readings of one clock that is still accepted, in seconds. */
const tolerance = 60;

/** The earliest and latest time, by the local clock, at which the target read its own. */
export interface ClockSpan {
  readonly from: number;
  readonly to: number;
}

/** A time that the target returned, and the span in which it must have read its clock. */
export interface ClockReading extends ClockSpan {
  /** The place that shows it, for messages. */
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly moment: number;
}

/** A timestamp as a reading; undefined if it isn't shown or isn't a timestamp. */
export const clockReadingOf = (
  what: string,
  timestamp: unknown,
  span: ClockSpan,
): ClockReading | undefined => {
  const moment = typeof timestamp === 'string' ? instantOf(timestamp) : NaN;
  return Number.isNaN(moment) ? undefined : { what, moment, ...span };
};

/** The time span of an exchange. */
export const spanOf = ({
  startedAt,
  milliseconds,
}: {
  readonly startedAt: number;
  readonly milliseconds: number;
}): ClockSpan => ({ from: startedAt, to: startedAt + milliseconds });

/**
 * All readings are from one clock: one offset from the local clock fits all of them, within the
 * tolerance. Timestamps have whole seconds.
 */
export const expectOneClock = (shown: readonly (ClockReading | undefined)[]): void => {
  const readings = shown.filter((one) => one !== undefined);
  const [first, ...rest] = readings;
  if (!first) return;
  let [ahead, behind] = [first, first];
  for (const one of rest) {
    if (minOffset(one) > minOffset(ahead)) ahead = one;
    if (maxOffset(one) < maxOffset(behind)) behind = one;
  }
  if (minOffset(ahead) - maxOffset(behind) <= tolerance * 1000) return;
  const seconds = Math.round((minOffset(ahead) - maxOffset(behind)) / 1000);
  const moments = [behind, ahead].map(
    ({ what, moment }) => `${new Date(moment).toISOString()} (${what})`,
  );
  throw new Nonconformity(
    `the same clock, to ${String(tolerance)} seconds, for ${behind.what} and ${ahead.what}`,
    `${moments.join(' and ')}, at least ${String(seconds)} seconds apart`,
  );
};

/** The minimum and maximum offset of the target's clock, in milliseconds, by this reading. */
const minOffset = ({ moment, to }: ClockReading): number => moment - to;
const maxOffset = ({ moment, from }: ClockReading): number => moment + 1000 - from;

/** A creation, and each time of creation that responses show for it. */
export interface DatedCreation {
  readonly exchange: Exchange;
  readonly readings: readonly (ClockReading | undefined)[];
}

interface Dated {
  readonly id: string;
  readonly created_at?: string | null;
}

/** Creates a dossier by JSON, another by a form, a contact and a note. */
export const createDated = async (org: Organization): Promise<readonly DatedCreation[]> => {
  // A repeated creation may return the first dossier (LG-DOS-032).
  const word = await unusedWord(org);
  const draft: NewDossier = { type: 'candidate', name: `Created ${word}` };
  const byJson = await datedDossier(org, draft);
  const byForm = await datedDossier(org, formOf({ ...draft, name: `By form ${word}` }));
  const contact = await datedContact(org);
  const { id } = dataOf(byJson.exchange.json) as Dated;
  return [byJson, byForm, contact, await datedNote(org, id)];
};

const datedDossier = async (org: Organization, body: NewDossier | Form): Promise<DatedCreation> => {
  const exchange = await org.all.send('createDossier', { body });
  org.context.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  const shown: [string, Dated][] = [
    ['the response to the creation of a dossier', created],
    ['the retrieved dossier', await retrieveDossier(org, created.id)],
    ['the dossier in the list', await findListedDossier(org, created.id)],
  ];
  for (const { contact_id: id } of await contactsOfDossier(org, created.id)) {
    shown.push(['the contact of the dossier', await retrieveContact(org, id)]);
    shown.push(['the contact of the dossier in the list', await findListedContact(org, id)]);
  }
  return dated(exchange, shown);
};

const datedContact = async (org: Organization): Promise<DatedCreation> => {
  const exchange = await org.all.send('createContact', { body: { full_name: 'Noor Bakker' } });
  org.context.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  return dated(exchange, [
    ['the response to the creation of a contact', created],
    ['the retrieved contact', await retrieveContact(org, created.id)],
    ['the contact in the list', await findListedContact(org, created.id)],
  ]);
};

const datedNote = async (org: Organization, id: string): Promise<DatedCreation> => {
  const request = { path: { id }, body: { content: 'Called' } };
  const exchange = await org.all.send('createDossierNote', request);
  org.context.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  return dated(exchange, [
    ['the response to the creation of a note', created],
    ['the note in the list', await findNote(org, id, created.id)],
  ]);
};

const dated = (exchange: Exchange, shown: readonly [string, Dated][]): DatedCreation => ({
  exchange,
  readings: shown.map(([where, { created_at }]) =>
    clockReadingOf(`created_at in ${where}`, created_at, spanOf(exchange)),
  ),
});

/** The server's clock, from the Date header, in milliseconds; NaN without that header. */
export const serverClockOf = ({ response }: Exchange): number =>
  Date.parse(response.headers['date'] ?? '');

/** Thrown by a rule about that clock if no response has the header. */
export const noDateHeader = (): Unavailable =>
  new Unavailable('It needs responses with a Date header.');

/** All values of `created_at` in a body, at whatever depth. */
export const createdAtValuesIn = (json: unknown): unknown[] => {
  const values: unknown[] = [];
  collectCreatedAt(json, values);
  return values;
};

/** Collects into one list: it runs on every response, and lists of lists would take most of its time. */
const collectCreatedAt = (json: unknown, values: unknown[]): void => {
  if (typeof json !== 'object' || json === null) return;
  if (Array.isArray(json)) {
    for (const item of json) collectCreatedAt(item, values);
    return;
  }
  for (const [name, value] of Object.entries(json)) {
    if (name === 'created_at') values.push(value);
    else if (typeof value === 'object') collectCreatedAt(value, values);
  }
};
