import type { EventType } from '../../openapi/contract.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { asText, Nonconformity } from '../context/expectations.ts';
import type { Dossier } from '../contract/resources.ts';
import { archiveDossier, createDossier, createDossiers } from '../fixtures/dossiers.ts';
import { createMovable, moveDossier } from '../fixtures/flows.ts';
import { createByForm, formOf } from '../fixtures/forms.ts';
import { addNote } from '../fixtures/links-and-notes.ts';
import { plainDossiers } from '../generators/dossiers.ts';
import { aCv } from '../generators/files.ts';
import { type OrganizationOptions, Unavailable } from '../targets/target.ts';
import type { Delivery } from '../webhooks/deliveries.ts';
import type { Inbox } from '../webhooks/endpoints.ts';

/** An organisation to work in, and where its events arrive. */
export const listenForEvents = async (
  context: Pick<RuleContext, 'organization'>,
  wish: OrganizationOptions = {},
): Promise<{ org: Organization; inbox: Inbox }> => {
  const org = await context.organization(wish);
  return { org, inbox: await org.inbox() };
};

/** Whether a delivery is of an event of this type about this dossier or note. */
export const isAbout =
  (type: EventType, id: string) =>
  ({ event }: Delivery): boolean =>
    event?.type === type && event.data?.['id'] === id;

/** The first delivery of an event of this type about this dossier or note; it must come. */
export const expectEvent = async (inbox: Inbox, type: EventType, id: string): Promise<Delivery> => {
  expectDistinctEvents(inbox, type);
  const found = await inbox.find(isAbout(type, id));
  if (!found)
    throw new Nonconformity(`${type} about ${id}`, arrivalsIn(inbox, id), { missing: type });
  inbox.show(found);
  return found;
};

const expectDistinctEvents = ({ types }: Inbox, type: EventType): void => {
  if (!types.includes(type)) throw new Unavailable(`The event ${type} is omitted.`, 'omitted');
};

/** So many events of this type about this dossier or note must come, whatever their order. */
export const expectEvents = async (
  inbox: Inbox,
  type: EventType,
  id: string,
  count: number,
): Promise<void> => {
  expectDistinctEvents(inbox, type);
  await inbox.find(() => eventsAbout(inbox, id, type).length >= count);
  const found = eventsAbout(inbox, id, type);
  inbox.show(...found);
  if (found.length >= count) return;
  const expected = `${String(count)} times ${type} about ${id}`;
  throw new Nonconformity(expected, arrivalsIn(inbox, id), { missing: type });
};

/**
 * The events about this dossier or note that have arrived so far. One that was delivered again
 * counts once: the same id tells it.
 */
export const eventsAbout = (inbox: Inbox, id: string, type?: EventType): Delivery[] =>
  distinctEvents(inbox).filter(
    ({ event }) => event?.data?.['id'] === id && (type === undefined || event.type === type),
  );

/** All events that have arrived so far, each once. */
export const distinctEvents = (inbox: Inbox): Delivery[] => {
  const seen = new Set<unknown>();
  return inbox.deliveries().filter(({ event }) => {
    const known = event?.id !== undefined && seen.has(event.id);
    seen.add(event?.id);
    return !known;
  });
};

/**
 * Waits until whatever was on its way must have come: something is caused later, and has arrived.
 * As events may come in any order (LG-WEB-040), a moment more is added.
 *
 * @returns the id of the dossier that was created for it
 */
export const waitForPendingEvents = async (org: Organization, inbox: Inbox): Promise<string> => {
  const { id } = await createDossier(org, { type: 'candidate', name: 'Created afterwards' });
  // Should it never come, that is for the rules about creations to say.
  await inbox.find(isAbout('dossier.created', id));
  await inbox.settle();
  return id;
};

/**
 * The events that have come since there were so many, and whose cause isn't the marker's creation.
 * Of other types than the documented ones nothing is said.
 */
export const eventsSince = (inbox: Inbox, before: number, marker: string): Delivery[] =>
  distinctEvents(inbox)
    .slice(before)
    .filter(
      ({ event }) =>
        inbox.types.some((type) => type === event?.type) && event?.data?.['id'] !== marker,
    );

/**
 * These events about it, in whatever order, and no other must have come. Those are waited for, as any
 * of them may come after all that was caused later (LG-WEB-040).
 */
export const expectOnlyEvents = async (
  inbox: Inbox,
  id: string,
  types: readonly EventType[],
): Promise<void> => {
  const { event: patience } = inbox.patience;
  for (const type of types) await inbox.find(isAbout(type, id), patience);
  const found = eventsAbout(inbox, id);
  const sorted = found.map(({ event }) => asText(event?.type)).sort();
  if (sorted.join() === [...types].sort().join()) return;
  inbox.show(...found);
  const [missing] = types.filter((type) => !found.some(({ event }) => event?.type === type));
  throw new Nonconformity(`${types.join(', ')} alone`, sorted.join(', '), missing && { missing });
};

/** What has come instead, for who looks for the cause. */
const arrivalsIn = (inbox: Inbox, id: string): string => {
  const seconds = String(inbox.patience.event / 1000);
  if (inbox.deliveries().length === 0) {
    return (
      `no delivery at all within ${seconds} s; see that the target can reach the receiver, and ` +
      'where its events take longer, set webhook.patience in the configuration'
    );
  }
  const types = eventsAbout(inbox, id).map(({ event }) => asText(event?.type));
  return `${types.join(', ') || 'nothing about it'} within ${seconds} s`;
};

/** An event that something in an organisation has caused. */
export interface Caused {
  readonly type: EventType;
  /** Of the dossier or note that it is about. */
  readonly id: string;
}

/** Causes an event of every type, with this text in dossier and note. */
export const causeEvery = async (org: Organization, text: string): Promise<readonly Caused[]> => {
  const movable = await createMovable(org, text);
  const { id } = movable;
  await moveDossier(org, movable);
  const note = await addNote(org, id, { content: text });
  await archiveDossier(org, id);
  const causes: Readonly<Record<EventType, string>> = {
    'dossier.created': id,
    'dossier.updated': id,
    'dossier.stage_changed': id,
    'dossier.deleted': id,
    'note.created': note.id,
  };
  return Object.entries(causes).map(([type, subject]) => ({
    type: type as EventType,
    id: subject,
  }));
};

/** An event of every type, as it was delivered. */
export const receiveEvery = async (
  context: Pick<RuleContext, 'expect' | 'organization'>,
  text = 'Noor Bakker',
): Promise<{ inbox: Inbox; caused: readonly Caused[]; deliveries: readonly Delivery[] }> => {
  const { org, inbox } = await listenForEvents(context);
  const caused = await causeEvery(org, text);
  const deliveries: Delivery[] = [];
  for (const { type, id } of caused) {
    if (inbox.types.includes(type)) deliveries.push(await expectEvent(inbox, type, id));
  }
  return { inbox, caused, deliveries };
};

/** Dossiers of each type, by JSON and by a form with a CV, of whose creation events have told. */
export const createEveryWay = async (org: Organization, inbox: Inbox): Promise<Dossier[]> => {
  const created = await createDossiers(org, plainDossiers(2));
  const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
  created.push(await createByForm(org, form));
  for (const { id } of created) await expectEvent(inbox, 'dossier.created', id);
  return created;
};

/*
 * Events of a preparation may come after all that was done later, as they come in any order
 * (LG-WEB-040). What must come is waited for. What a target needn't send at all is told from a fault
 * by a dossier that nothing else was done to: whether that has such an event as well.
 */

/** Waits until the creation of each of these dossiers has sent its event. */
export const awaitCreations = async (inbox: Inbox, ids: readonly string[]): Promise<void> => {
  // Should one never come, that is for the rules about creations to say.
  for (const id of ids) await inbox.find(isAbout('dossier.created', id));
};

/**
 * Leaves out what may be the event of a first stage (LG-WEB-028): of the moves that are found, the
 * first one of a dossier, where a dossier that was only created has one as well.
 *
 * @param untouched - the id of such a dossier
 */
export const withoutFirstStages = async (
  inbox: Inbox,
  found: readonly Delivery[],
  untouched: string,
): Promise<readonly Delivery[]> => {
  const isFirst = ({ event }: Delivery): boolean =>
    event?.type === 'dossier.stage_changed' &&
    eventsAbout(inbox, String(event.data?.['id']), event.type).length === 1;
  if (!found.some(isFirst)) return found;
  const control = isAbout('dossier.stage_changed', untouched);
  const isSent = await inbox.find(control, inbox.patience.event);
  return isSent ? found.filter((one) => !isFirst(one)) : found;
};

/**
 * Leaves out what may be the event of something that was linked or noted (LG-WEB-033, LG-WEB-034):
 * of the changes that are found, those of these dossiers, where doing the same to others sends one
 * as well.
 *
 * @param doTheSame - does it to other dossiers, and gives their ids
 */
export const withoutUpdatesOf = async (
  inbox: Inbox,
  found: readonly Delivery[],
  ids: readonly unknown[],
  doTheSame: () => Promise<readonly string[]>,
): Promise<readonly Delivery[]> => {
  const isTheirs = ({ event }: Delivery): boolean =>
    event?.type === 'dossier.updated' && ids.includes(event.data?.['id']);
  if (!found.some(isTheirs)) return found;
  for (const id of await doTheSame()) {
    const control = isAbout('dossier.updated', id);
    if (await inbox.find(control, inbox.patience.event))
      return found.filter((one) => !isTheirs(one));
  }
  return found;
};
