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
  type NoteFacts,
  type Oracle,
} from './oracle.ts';

/** All that can be looked at of what was touched, as far as the rule compares it. */
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
  const exchange = await read(session, 'getDossier', dossier.id);
  expectDossier(dossier, dataOf(exchange.json) as Record<string, unknown>, 'the dossier by its id');
};

/** What an archived dossier has may be hidden until it is restored. */
const readPart = async (
  session: ModelSession,
  operation: OperationId,
  dossier: DossierFacts,
): Promise<Exchange | undefined> => {
  const reasons = reasonsAgainstWork(session.oracle, dossier);
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
  if (aspects.has('links')) expectLinks(dossier, shown);
  if (aspects.has('primaries')) expectPrimaries(dossier, shown);
  if (aspects.has('fields')) expectNames(oracle, shown);
};

const checkNotes = async (session: ModelSession, dossier: DossierFacts): Promise<void> => {
  const exchange = await readPart(session, 'listDossierNotes', dossier);
  if (exchange) expectNotes(dossier, pageOf(exchange).items as unknown as Note[]);
};

const checkContact = async (session: ModelSession, id: string): Promise<void> => {
  const { aspects, oracle, observer, context } = session;
  const facts = oracle.contacts.get(id);
  if (!facts) {
    context.expect.refusal(await observer.send('getContact', { path: { id } }), 404);
    return;
  }
  const exchange = await read(session, 'getContact', id);
  const shown = dataOf(exchange.json) as Record<string, unknown>;
  if (aspects.has('fields')) expectContact(facts, shown, 'the contact by its id');
  if (aspects.has('counts')) expectCount(oracle, id, shown['dossier_count']);
};

const read = async (
  session: ModelSession,
  operation: OperationId,
  id: string,
): Promise<Exchange> => {
  const exchange = await session.observer.send(operation, { path: { id } });
  session.context.expect.success(exchange);
  return exchange;
};

/** Where a dossier is shown, with the fields that the documentation shows there. */
const dossierFieldsByPlace = {
  'the answer to the creation': ['type', 'name', 'status', 'current_stage_id'],
  'the dossier by its id': ['type', 'name', 'current_stage_id', 'deal_size'],
  'the list of dossiers': [
    ...['type', 'name', 'current_stage_id', 'company', 'contact_person'],
    ...['deal_size', 'deal_currency', 'assigned_to'],
  ],
} as const;

export type DossierAnswerPlace = keyof typeof dossierFieldsByPlace;

/** A dossier is shown as it should be, in a stage of its own flow. */
export const expectDossier = (
  dossier: DossierFacts,
  shown: Readonly<Record<string, unknown>>,
  place: DossierAnswerPlace,
): void => {
  const { id, facts, stages } = dossier;
  const where = `${place} ${id}`;
  expectFacts(facts, {
    ...{
      place: where,
      shown,
      required: dossierFieldsByPlace[place],
      elsewhere: primaryContactFields,
    },
    // How an address of a file looks, and how long it holds, are matters of decisions.
    comparable: (name, value) =>
      name === 'cv_url' ? Boolean(value) : comparableDossierValue(name, value),
  });
  const stage = shown['current_stage_id'];
  const expected = `a stage of its flow in ${where}`;
  const own = stage === undefined || stages.some((one) => one === stage);
  expectThat(own, expected, () => stage);
  learn(facts, { shown }, learnableDossierFields);
};

/** The answer to a change names the dossier, and tells nothing of it that isn't so. */
export const expectChangeAnswer = (
  { id, facts }: DossierFacts,
  shown: Readonly<Record<string, unknown>>,
  required: readonly string[],
): void => {
  expectThat(shown['id'] === id, `the id ${id} in the answer to the change`, () => shown['id']);
  const place = `the answer to the change of ${id}`;
  const told = new Map([...facts].filter(([name]) => name !== 'cv_url'));
  expectFacts(told, {
    place,
    shown,
    required,
    elsewhere: primaryContactFields,
    comparable: comparableDossierValue,
  });
  learn(facts, { shown }, ['status', 'current_stage_id']);
};

const requiredContactFields = ['full_name', 'kind'];

/** Where a contact is shown, with the fields that the documentation shows there. */
const contactFieldsByPlace = {
  'the answer to the creation': [...requiredContactFields, 'email', 'company', 'role', 'city'],
  'the answer to the change': ['kind', 'city'],
  'the contact by its id': [...requiredContactFields, 'email', 'company', 'role', 'city'],
  'the list of contacts': learnableContactFields,
} as const;

export type ContactAnswerPlace = keyof typeof contactFieldsByPlace;

/**
 * A contact is shown as it should be.
 *
 * @param sent - the fields of a change, where this is the answer to one
 */
export const expectContact = (
  facts: Facts,
  shown: Readonly<Record<string, unknown>>,
  place: ContactAnswerPlace,
  sent?: readonly string[],
): void => {
  const required = contactFieldsByPlace[place].filter((name) => sent?.includes(name) ?? true);
  expectFacts(facts, {
    place: `${place} ${String(shown['id'])}`,
    shown,
    required,
    comparable: comparableContactValue,
  });
  learn(facts, { shown }, learnableContactFields);
};

/** A dossier lists whom it should, each once, and with the role that the contact has there. */
const expectLinks = ({ id, links }: DossierFacts, shown: readonly LinkedContact[]): void => {
  const listed = shown.map(({ contact_id }) => contact_id).sort();
  expectEqual(listed, [...links.keys()].sort(), `the contacts on the dossier ${id}`);
  for (const { contact_id, role_on_dossier } of shown) {
    const known = links.get(contact_id);
    const what = `the role of ${contact_id} on the dossier ${id}`;
    if (known?.role !== undefined) expectEqual(role_on_dossier, known.role, what);
    if (known) known.role = role_on_dossier;
  }
};

/** A dossier has the primary contact that it should have, and never two. */
export const expectPrimaries = (
  { id, links }: DossierFacts,
  shown: readonly LinkedContact[],
): void => {
  const primaries = shown.filter((one) => one.is_primary).map((one) => one.contact_id);
  const what = `one primary contact at most on the dossier ${id}`;
  expectThat(primaries.length <= 1, what, () => primaries);
  for (const { contact_id, is_primary } of shown) {
    const known = links.get(contact_id);
    const place = `is_primary of ${contact_id} on the dossier ${id}`;
    if (known?.primary !== undefined) expectEqual(is_primary, known.primary, place);
    if (known) known.primary = is_primary;
  }
};

/** Those on a dossier are shown with the names that they have. */
const expectNames = ({ contacts }: Oracle, shown: readonly LinkedContact[]): void => {
  for (const { contact_id, full_name } of shown) {
    const known = contacts.get(contact_id)?.get('full_name');
    const what = `the name of ${contact_id} on a dossier`;
    if (typeof known === 'string') {
      expectEqual(full_name.normalize('NFC'), known.normalize('NFC'), what);
    }
  }
};

/**
 * A dossier lists its notes, each as it was added, the oldest first. Those of one moment may come in
 * any order (LG-NOT-003).
 */
export const expectNotes = ({ id, notes }: DossierFacts, shown: readonly Note[]): void => {
  const ids = (list: readonly { readonly id: string }[]) => list.map((note) => note.id).sort();
  expectEqual(ids(shown), ids(notes), `the notes of the dossier ${id}`);
  for (const note of shown) {
    const known = notes.find((one) => one.id === note.id);
    expectEqual(describeNotes(note), known && describeNotes(known), `the note ${note.id}`);
    expectEqual(note.dossier_id, id, `the dossier_id of the note ${note.id}`);
  }
  for (const [index, note] of shown.slice(1).entries()) {
    const earlier = shown[index] as Note;
    const step = instantOf(note.created_at) - instantOf(earlier.created_at);
    const ascending = `the notes of the dossier ${id} by ascending created_at`;
    expectThat(!(step < 0), ascending, () => [earlier, note]);
    const rank = ({ id: one }: Note) => notes.findIndex((known) => known.id === one);
    const added = step === 0 || rank(earlier) < rank(note);
    expectThat(added, `the note that was added last at the end of ${id}`, () => [earlier, note]);
  }
};

const describeNotes = ({ content, is_internal }: NoteFacts | Note) => ({
  content: content.normalize('NFC'),
  is_internal,
});

/**
 * A contact's `dossier_count` is the number of dossiers that it is on. Whether archived ones count
 * is a decision (LG-CON-054): the first count that tells it is held to afterwards.
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
