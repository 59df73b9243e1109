import type { OperationId } from '../../openapi/contract.ts';
import { comparableContactValue } from '../assertions/contacts.ts';
import { comparableDossierValue, primaryContactFields } from '../assertions/dossiers.ts';
import { isPermittedRefusal } from '../assertions/refusals.ts';
import { instantOf } from '../assertions/timestamps.ts';
import { dataOf, pageOf } from '../context/answers.ts';
import { expectEqual, expectThat, Nonconformity } from '../context/expectations.ts';
import type { LinkedContact, Note } from '../contract/resources.ts';
import type { Exchange } from '../http/exchange.ts';
import type { ModelCheck, ModelSession, Touched } from './command.ts';
import {
  learnableContactFields,
  learnableDossierFields,
  reasonsAgainstWork,
} from './oracle-changes.ts';
import {
  type DossierFacts,
  dossiersOf,
  expectFacts,
  type Facts,
  learn,
  type Oracle,
  type ShownThing,
} from './oracle.ts';
import { saidByNobody, type SaySubject } from './subjects.ts';

/**
 * The checks for the dossiers and contacts that a command touched, for the aspects that the rule
 * compares.
 */
export const checksOf = (
  session: ModelSession,
  { dossiers = [], contacts = [] }: Touched,
): ModelCheck[] => [
  ...dossiers.flatMap((id) => checksOfDossier(session, id)),
  ...contacts.flatMap((id) => checksOfContact(session, id)),
];

const checksOfDossier = (session: ModelSession, id: string): ModelCheck[] => {
  const { aspects, oracle } = session;
  const dossier = oracle.dossiers.get(id);
  if (!dossier) return [];
  const looks: ModelCheck[] = [];
  if (aspects.has('fields')) looks.push(() => checkFields(session, dossier));
  if (aspects.has('links') || aspects.has('primaries')) {
    looks.push(() => checkLinks(session, dossier));
  }
  if (aspects.has('notes')) looks.push(() => checkNotes(session, dossier));
  return looks;
};

const checksOfContact = (session: ModelSession, id: string): ModelCheck[] => {
  const { aspects } = session;
  return aspects.has('fields') || aspects.has('counts') ? [() => checkContact(session, id)] : [];
};

const checkFields = async (session: ModelSession, dossier: DossierFacts): Promise<void> => {
  const expected = dossier.facts.get('status');
  const exchange = await read(session, 'getDossier', dossier.id, expected);
  const shown = dataOf(exchange.json) as Record<string, unknown>;
  expectDossier(dossier, shown, 'the retrieved dossier', session.say);
};

/** The parts of an archived dossier may be hidden until it is restored. */
const readPart = async (
  session: ModelSession,
  operation: OperationId,
  dossier: DossierFacts,
): Promise<Exchange | undefined> => {
  const reasons = reasonsAgainstWork(session.oracle, dossier);
  session.say({ part: 'retrieved', operation, expected: dossier.facts.get('status') });
  const exchange = await session.observer.send(operation, { path: { id: dossier.id } });
  if (isPermittedRefusal(session.context, exchange, reasons)) return undefined;
  session.context.expect.success(exchange);
  return exchange;
};

const checkLinks = async (session: ModelSession, dossier: DossierFacts): Promise<void> => {
  const { aspects, oracle } = session;
  const exchange = await readPart(session, 'listDossierContacts', dossier);
  if (!exchange) return;
  const shown = pageOf(exchange).items as unknown as LinkedContact[];
  if (aspects.has('links')) expectLinks(dossier, shown, session.say);
  if (aspects.has('primaries')) expectPrimaries(dossier, shown, session.say);
  if (aspects.has('fields')) expectNames(oracle, shown, session.say);
};

const checkNotes = async (session: ModelSession, dossier: DossierFacts): Promise<void> => {
  const exchange = await readPart(session, 'listDossierNotes', dossier);
  if (exchange) expectNotes(dossier, pageOf(exchange).items as unknown as Note[], session.say);
};

const checkContact = async (session: ModelSession, id: string): Promise<void> => {
  const { aspects, oracle, observer, context } = session;
  const facts = oracle.contacts.get(id);
  if (!facts) {
    session.say({ part: 'deletedContact' });
    context.expect.refusal(await observer.send('getContact', { path: { id } }), 404);
    return;
  }
  const exchange = await read(session, 'getContact', id);
  const shown = dataOf(exchange.json) as Record<string, unknown>;
  if (aspects.has('fields')) {
    expectContact(facts, shown, { place: 'the retrieved contact', say: session.say });
  }
  session.say({ part: 'count' });
  if (aspects.has('counts')) expectCount(oracle, id, shown['dossier_count']);
};

const read = async (
  session: ModelSession,
  operation: OperationId,
  id: string,
  expected?: unknown,
): Promise<Exchange> => {
  session.say({ part: 'retrieved', operation, expected });
  const exchange = await session.observer.send(operation, { path: { id } });
  session.context.expect.success(exchange);
  return exchange;
};

/** The places that show a dossier, each with the fields that the documentation shows there. */
const dossierFieldsByPlace = {
  'the response to the creation': ['type', 'name', 'status', 'current_stage_id'],
  'the retrieved dossier': ['type', 'name', 'current_stage_id', 'deal_size'],
  'the list of dossiers': [
    ...['type', 'name', 'current_stage_id', 'company', 'contact_person'],
    ...['deal_size', 'deal_currency', 'assigned_to'],
  ],
} as const;

export type DossierAnswerPlace = keyof typeof dossierFieldsByPlace;

/** A dossier is as expected, in a stage of its own flow. */
export const expectDossier = (
  dossier: DossierFacts,
  shown: Readonly<Record<string, unknown>>,
  place: DossierAnswerPlace,
  say: SaySubject = saidByNobody,
): void => {
  const { id, facts, stages } = dossier;
  const where = `${place} ${id}`;
  const sight: ShownThing = {
    ...{ kind: 'dossier', place: where, shown },
    ...{ required: dossierFieldsByPlace[place], elsewhere: primaryContactFields },
    // The form and the lifetime of a file's URL are decisions.
    comparable: (name, value) =>
      name === 'cv_url' ? Boolean(value) : comparableDossierValue(name, value),
  };
  expectFacts(facts, sight, say);
  const stage = shown['current_stage_id'];
  const expected = `a stage of its flow in ${where}`;
  const own = stage === undefined || stages.some((one) => one === stage);
  say({ part: 'ownFlow', place: where });
  expectThat(own, expected, () => stage);
  learn(facts, { shown }, learnableDossierFields);
};

/** The response to an update has the id of the dossier, and no wrong value. */
export const expectUpdateResponse = (
  { id, facts }: DossierFacts,
  shown: Readonly<Record<string, unknown>>,
  required: readonly string[],
  say: SaySubject = saidByNobody,
): void => {
  say({ part: 'updatedId', operation: 'updateDossier' });
  expectThat(shown['id'] === id, `the id ${id} in the response to the update`, () => shown['id']);
  const place = `the response to the update of ${id}`;
  const expected = new Map([...facts].filter(([name]) => name !== 'cv_url'));
  const sight: ShownThing = {
    ...{ kind: 'dossier', place, shown, required, elsewhere: primaryContactFields },
    comparable: comparableDossierValue,
  };
  expectFacts(expected, sight, say);
  learn(facts, { shown }, ['status', 'current_stage_id']);
};

const requiredContactFields = ['full_name', 'kind'];

/** The places that show a contact, each with the fields that the documentation shows there. */
const contactFieldsByPlace = {
  'the response to the creation': [...requiredContactFields, 'email', 'company', 'role', 'city'],
  'the response to the update': ['kind', 'city'],
  'the retrieved contact': [...requiredContactFields, 'email', 'company', 'role', 'city'],
  'the list of contacts': learnableContactFields,
} as const;

export type ContactAnswerPlace = keyof typeof contactFieldsByPlace;

/** Where a contact is shown. */
interface ContactSight {
  readonly place: ContactAnswerPlace;
  /** The fields of the update, if this is its response. */
  readonly sent?: readonly string[];
  readonly say?: SaySubject;
}

/** A contact is as expected. */
export const expectContact = (
  facts: Facts,
  shown: Readonly<Record<string, unknown>>,
  { place, sent, say }: ContactSight,
): void => {
  const required = contactFieldsByPlace[place].filter((name) => sent?.includes(name) ?? true);
  const sight: ShownThing = {
    ...{ kind: 'contact', place: `${place} ${String(shown['id'])}`, shown, required },
    comparable: comparableContactValue,
  };
  expectFacts(facts, sight, say);
  learn(facts, { shown }, learnableContactFields);
};

/** A dossier lists its contacts, each once and with its role. */
const expectLinks = (
  { id, links }: DossierFacts,
  shown: readonly LinkedContact[],
  say: SaySubject,
): void => {
  const listed = shown.map(({ contact_id }) => contact_id).sort();
  say({ part: 'links' });
  expectEqual(listed, [...links.keys()].sort(), `the contacts on the dossier ${id}`);
  for (const { contact_id, role_on_dossier } of shown) {
    const known = links.get(contact_id);
    const what = `the role of ${contact_id} on the dossier ${id}`;
    say({ part: 'role', expected: known?.role });
    if (known?.role !== undefined) expectEqual(role_on_dossier, known.role, what);
    if (known) known.role = role_on_dossier;
  }
};

/** A dossier has the expected primary contact, and at most one. */
export const expectPrimaries = (
  { id, links }: DossierFacts,
  shown: readonly LinkedContact[],
  say: SaySubject = saidByNobody,
): void => {
  const primaries = shown.filter((one) => one.is_primary).map((one) => one.contact_id);
  const what = `at most one primary contact on the dossier ${id}`;
  say({ part: 'onePrimary' });
  expectThat(primaries.length <= 1, what, () => primaries);
  for (const { contact_id, is_primary } of shown) {
    const known = links.get(contact_id);
    const place = `is_primary of ${contact_id} on the dossier ${id}`;
    say({ part: 'primary', place, expected: known?.primary });
    if (known?.primary !== undefined) expectEqual(is_primary, known.primary, place);
    if (known) known.primary = is_primary;
  }
};

/** The contacts of a dossier are listed with their current names. */
const expectNames = (
  { contacts }: Oracle,
  shown: readonly LinkedContact[],
  say: SaySubject,
): void => {
  say({ part: 'linkedName' });
  for (const { contact_id, full_name } of shown) {
    const known = contacts.get(contact_id)?.get('full_name');
    const what = `the name of ${contact_id} on a dossier`;
    if (typeof known === 'string') {
      expectEqual(full_name.normalize('NFC'), known.normalize('NFC'), what);
    }
  }
};

/**
 * A dossier lists its notes as they were added, oldest first. Notes with the same time may be in
 * any order (LG-NOT-003).
 */
export const expectNotes = (
  { id, notes }: DossierFacts,
  shown: readonly Note[],
  say: SaySubject = saidByNobody,
): void => {
  const ids = (list: readonly { readonly id: string }[]) => list.map((note) => note.id).sort();
  say({ part: 'notes' });
  expectEqual(ids(shown), ids(notes), `the notes of the dossier ${id}`);
  for (const note of shown) {
    const known = notes.find((one) => one.id === note.id);
    const content = known?.content.normalize('NFC');
    say({ part: 'note', field: 'content', expected: content });
    expectEqual(note.content.normalize('NFC'), content, `the content of the note ${note.id}`);
    say({ part: 'note', field: 'is_internal', expected: known?.is_internal });
    expectEqual(note.is_internal, known?.is_internal, `is_internal of the note ${note.id}`);
    say({ part: 'note', field: 'dossier_id' });
    expectEqual(note.dossier_id, id, `the dossier_id of the note ${note.id}`);
  }
  for (const [index, note] of shown.slice(1).entries()) {
    const earlier = shown[index] as Note;
    const step = instantOf(note.created_at) - instantOf(earlier.created_at);
    const ascending = `the notes of the dossier ${id} by ascending created_at`;
    say({ part: 'noteOrder' });
    expectThat(!(step < 0), ascending, () => [earlier, note]);
    const rank = ({ id: one }: Note) => notes.findIndex((known) => known.id === one);
    const added = step === 0 || rank(earlier) < rank(note);
    say({ part: 'lastNote' });
    expectThat(added, `the last note at the end of the notes of ${id}`, () => [earlier, note]);
  }
};

/**
 * The `dossier_count` of a contact is the number of its dossiers. Whether archived ones count is a
 * decision (LG-CON-054): the first response that shows it settles it for the sequence.
 */
export const expectCount = (oracle: Oracle, contact: string, shown: unknown): void => {
  const dossiers = dossiersOf(oracle, contact);
  const all = dossiers.length;
  const live = dossiers.filter(({ facts }) => isLive(facts.get('status'))).length;
  const open = dossiers.filter(({ facts }) => !facts.has('status')).length;
  const isAll = shown === all;
  const isLiveOnly = typeof shown === 'number' && shown >= live && shown <= live + open;
  const { archivedCount } = oracle;
  if ((isAll && archivedCount !== false) || (isLiveOnly && archivedCount !== true)) {
    if (isAll !== isLiveOnly) oracle.archivedCount = isAll;
    return;
  }
  const wanted = archivedCount === false ? live : all;
  const others = archivedCount === undefined && live < all ? `, or ${String(live)}` : '';
  throw new Nonconformity(
    `a dossier_count of ${String(wanted)}${others} for the contact ${contact}`,
    String(shown),
  );
};

const isLive = (status: unknown): boolean => status !== undefined && status !== 'archived';
