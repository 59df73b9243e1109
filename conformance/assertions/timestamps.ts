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

const iso = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?/;

/**
 * A timestamp of the target, in any form that the contract lets it have, as milliseconds since
 * 1970; NaN for what is none.
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

/** Tells whether a value is a timestamp of the form that the contract gives. */
export const timestampsOf = (contract: Contract): ((value: unknown) => boolean) => {
  const { pattern } = schemaAt(contract, '#/components/schemas/Timestamp');
  const form = new RegExp(String(pattern));
  return (value) =>
    typeof value === 'string' && form.test(value) && !Number.isNaN(instantOf(value));
};

/** The seconds by which readings of one clock may differ. */
const tolerance = 60;

/** By our clock: when the target read its own, at the earliest and at the latest. */
export interface ClockSpan {
  readonly from: number;
  readonly to: number;
}

/** A moment that the target gave, and when it must have read its clock for it. */
export interface ClockReading extends ClockSpan {
  /** What shows it. */
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly moment: number;
}

/** A timestamp as a reading; undefined where it isn't shown. How it is written is for other rules. */
export const clockReadingOf = (
  what: string,
  timestamp: unknown,
  span: ClockSpan,
): ClockReading | undefined => {
  const moment = typeof timestamp === 'string' ? instantOf(timestamp) : NaN;
  return Number.isNaN(moment) ? undefined : { what, moment, ...span };
};

/** When an exchange took place. */
export const spanOf = ({
  startedAt,
  milliseconds,
}: {
  readonly startedAt: number;
  readonly milliseconds: number;
}): ClockSpan => ({ from: startedAt, to: startedAt + milliseconds });

/**
 * All of them were read from one clock, wherever its hands are: there is a distance from our clock
 * that suits each of them to the minute. Moments are told to the second.
 */
export const expectOneClock = (shown: readonly (ClockReading | undefined)[]): void => {
  const readings = shown.filter((one) => one !== undefined);
  const [first, ...rest] = readings;
  if (!first) return;
  let [ahead, behind] = [first, first];
  for (const one of rest) {
    if (least(one) > least(ahead)) ahead = one;
    if (most(one) < most(behind)) behind = one;
  }
  if (least(ahead) - most(behind) <= tolerance * 1000) return;
  const seconds = Math.round((least(ahead) - most(behind)) / 1000);
  const moments = [behind, ahead].map(
    ({ what, moment }) => `${new Date(moment).toISOString()} (${what})`,
  );
  throw new Nonconformity(
    `the same clock, to ${String(tolerance)} seconds, for ${behind.what} and ${ahead.what}`,
    `${moments.join(' and ')}, at least ${String(seconds)} seconds apart`,
  );
};

/** How far the target's clock is ahead of ours, at least and at most, by this reading. */
const least = ({ moment, to }: ClockReading): number => moment - to;
const most = ({ moment, from }: ClockReading): number => moment + 1000 - from;

/** Something that was created, and each moment that answers show for its creation. */
export interface DatedCreation {
  readonly exchange: Exchange;
  readonly readings: readonly (ClockReading | undefined)[];
}

interface Dated {
  readonly id: string;
  readonly created_at?: string | null;
}

/** Creates a dossier by JSON and by a form with their contacts, a contact and a note. */
export const createDated = async (org: Organization): Promise<readonly DatedCreation[]> => {
  // A repetition of earlier creations may be answered with the first of them (LG-DOS-032).
  const word = await unusedWord(org);
  const draft: NewDossier = { type: 'candidate', name: `Created ${word}` };
  const byJson = await datedDossier(org, draft);
  const byForm = await datedDossier(org, formOf({ ...draft, name: `By form ${word}` }));
  const contact = await datedContact(org);
  const { id } = dataOf(byJson.exchange.json) as Dated;
  return [byJson, byForm, contact, await datedNote(org, id)];
};

const datedDossier = async (
  org: Organization,
  body: NewDossier | FormData,
): Promise<DatedCreation> => {
  const exchange = await org.all.send('createDossier', { body });
  org.context.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  const shown: [string, Dated][] = [
    ['the answer to the creation of a dossier', created],
    ['the dossier by its id', await retrieveDossier(org, created.id)],
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
    ['the answer to the creation of a contact', created],
    ['the contact by its id', await retrieveContact(org, created.id)],
    ['the contact in the list', await findListedContact(org, created.id)],
  ]);
};

const datedNote = async (org: Organization, id: string): Promise<DatedCreation> => {
  const request = { path: { id }, body: { content: 'Called' } };
  const exchange = await org.all.send('createDossierNote', request);
  org.context.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  return dated(exchange, [
    ['the answer to the creation of a note', created],
    ['the note in the list', await findNote(org, id, created.id)],
  ]);
};

const dated = (exchange: Exchange, shown: readonly [string, Dated][]): DatedCreation => ({
  exchange,
  readings: shown.map(([where, { created_at }]) =>
    clockReadingOf(`created_at in ${where}`, created_at, spanOf(exchange)),
  ),
});

/** The server's clock as it answered, in milliseconds; NaN where it doesn't tell. */
export const serverClockOf = ({ response }: Exchange): number =>
  Date.parse(response.headers['date'] ?? '');

/** What a rule about that clock throws where no answer shows it. */
export const noDateHeader = (): Unavailable =>
  new Unavailable('It needs answers with a Date header.');

/** All values of `created_at` in a body, at whatever depth. */
export const createdAtValuesIn = (json: unknown): unknown[] => {
  if (Array.isArray(json)) return json.flatMap(createdAtValuesIn);
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    name === 'created_at' ? [value] : createdAtValuesIn(value),
  );
};
