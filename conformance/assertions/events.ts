import type { EventType } from '../../openapi/contract.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { asText, Nonconformity } from '../context/expectations.ts';
import type { Dossier } from '../contract/resources.ts';
import { archiveDossier, createDossier, createDossiers } from '../fixtures/dossiers.ts';
import { createMovableDossier, moveDossier } from '../fixtures/flows.ts';
import { createByForm, formOf } from '../fixtures/forms.ts';
import { addNote } from '../fixtures/links-and-notes.ts';
import { plainDossiers } from '../generators/dossiers.ts';
import { aCv } from '../generators/files.ts';
import { type OrganizationOptions, Unavailable } from '../targets/target.ts';
import type { Delivery } from '../webhooks/deliveries.ts';
import type { Inbox } from '../webhooks/endpoints.ts';

/** An organisation and the inbox of its events. */
export const listenForEvents = async (
  context: Pick<RuleContext, 'organization'>,
  wish: OrganizationOptions = {},
): Promise<{ org: Organization; inbox: Inbox }> => {
  const org = await context.organization(wish);
  return { org, inbox: await org.inbox() };
};

/** Whether a delivery is an event of this type about this dossier or note. */
export const isAbout =
  (type: EventType, id: string) =>
  ({ event }: Delivery): boolean =>
    event?.type === type && event.data?.['id'] === id;

/**
 * The first delivery of an event of this type about this dossier or note; fails if none arrives.
 */
export const expectEvent = async (inbox: Inbox, type: EventType, id: string): Promise<Delivery> => {
  requireEventType(inbox, type);
  const found = await inbox.find(isAbout(type, id));
  if (!found)
    throw new Nonconformity(`${type} about ${id}`, arrivalsIn(inbox, id), { missing: type });
  inbox.show(found);
  return found;
};

/** @throws Unavailable for an event that is omitted, or was shown never to come */
const requireEventType = (inbox: Inbox, type: EventType): void => {
  if (!inbox.types.includes(type)) {
    throw new Unavailable(`The event ${type} is omitted.`, 'omitted');
  }
  requireComing(inbox, type);
};

/** @throws Unavailable for an event that was shown never to come */
const requireComing = (inbox: Inbox, type: EventType): void => {
  const shownBy = inbox.shownMissingBy(type);
  if (shownBy) throw new Unavailable(`Blocked by ${shownBy.join(' and ')}: no ${type} comes.`);
};

/** At least `count` events of this type about this dossier or note arrive. */
export const expectEvents = async (
  inbox: Inbox,
  type: EventType,
  id: string,
  count: number,
): Promise<void> => {
  requireEventType(inbox, type);
  await inbox.find(() => eventsAbout(inbox, id, type).length >= count);
  const found = eventsAbout(inbox, id, type);
  inbox.show(...found);
  if (found.length >= count) return;
  const expected = `${String(count)} times ${type} about ${id}`;
  throw new Nonconformity(expected, arrivalsIn(inbox, id), { missing: type });
};

/**
 * The events about this dossier or note that have arrived so far. Repeated deliveries, which have
 * the same id, count once.
 */
export const eventsAbout = (inbox: Inbox, id: string, type?: EventType): Delivery[] =>
  distinctEvents(inbox).filter(
    ({ event }) => event?.data?.['id'] === id && (type === undefined || event.type === type),
  );

/** All events that have arrived so far, without repeated deliveries. */
export const distinctEvents = (inbox: Inbox): Delivery[] => {
  const seen = new Set<unknown>();
  return inbox.deliveries().filter(({ event }) => {
    const known = event?.id !== undefined && seen.has(event.id);
    seen.add(event?.id);
    return !known;
  });
};

/**
 * Waits until pending events must have arrived: it causes a later event and waits for it. As
 * events may arrive in any order (LG-WEB-040), it then waits a little longer.
 *
 * @returns the id of the dossier that was created for this
 */
export const waitForPendingEvents = async (org: Organization, inbox: Inbox): Promise<string> => {
  const { id } = await createDossier(org, { type: 'candidate', name: 'Created afterwards' });
  await awaitCreations(inbox, [id]);
  await inbox.settle();
  return id;
};

/**
 * The events after the first `before`, except those about the marker dossier and those of
 * undocumented types.
 */
export const eventsSince = (inbox: Inbox, before: number, marker: string): Delivery[] =>
  distinctEvents(inbox)
    .slice(before)
    .filter(
      ({ event }) =>
        inbox.types.some((type) => type === event?.type) && event?.data?.['id'] !== marker,
    );

/**
 * Exactly these events about the subject arrive, in any order. It waits for each, as events may
 * arrive in any order (LG-WEB-040).
 */
export const expectOnlyEvents = async (
  inbox: Inbox,
  id: string,
  types: readonly EventType[],
): Promise<void> => {
  const { event: patience } = inbox.patience;
  for (const type of types) {
    requireComing(inbox, type);
    await inbox.find(isAbout(type, id), patience);
  }
  const found = eventsAbout(inbox, id);
  const sorted = found.map(({ event }) => asText(event?.type)).sort();
  if (sorted.join() === [...types].sort().join()) return;
  inbox.show(...found);
  const [missing] = types.filter((type) => !found.some(({ event }) => event?.type === type));
  throw new Nonconformity(`${types.join(', ')} alone`, sorted.join(', '), missing && { missing });
};

/** The events that did arrive, to help with the diagnosis. */
const arrivalsIn = (inbox: Inbox, id: string): string => {
  const seconds = String(inbox.patience.event / 1000);
  if (inbox.deliveries().length === 0) {
    return (
      `no delivery at all within ${seconds} s; check that the target can reach the receiver, and ` +
      'if its events take longer, set webhook.patience in the configuration'
    );
  }
  const types = eventsAbout(inbox, id).map(({ event }) => asText(event?.type));
  return `${types.join(', ') || 'nothing about it'} within ${seconds} s`;
};

/** An event that was caused in an organisation. */
export interface CausedEvent {
  readonly type: EventType;
  /** The id of the dossier or note that it is about. */
  readonly id: string;
}

/** Causes an event of every type, with this text in the dossier and the note. */
export const causeEveryEvent = async (
  org: Organization,
  text: string,
): Promise<readonly CausedEvent[]> => {
  const movable = await createMovableDossier(org, text);
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

/** Causes and receives an event of every type. */
export const receiveEveryEvent = async (
  context: Pick<RuleContext, 'expect' | 'organization'>,
  text = 'Noor Bakker',
): Promise<{ inbox: Inbox; caused: readonly CausedEvent[]; deliveries: readonly Delivery[] }> => {
  const { org, inbox } = await listenForEvents(context);
  const caused = await causeEveryEvent(org, text);
  const deliveries: Delivery[] = [];
  for (const { type, id } of caused) {
    if (inbox.types.includes(type)) deliveries.push(await expectEvent(inbox, type, id));
  }
  return { inbox, caused, deliveries };
};

/** Creates dossiers of each type, by JSON and by a form with a CV, and waits for their events. */
export const createDossiersInEveryFormat = async (
  org: Organization,
  inbox: Inbox,
): Promise<Dossier[]> => {
  const created = await createDossiers(org, plainDossiers(2));
  const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
  created.push(await createByForm(org, form));
  for (const { id } of created) await expectEvent(inbox, 'dossier.created', id);
  return created;
};

/*
 * Events of the setup may arrive after later ones, as the order is a decision (LG-WEB-040). Events
 * that must arrive are awaited. For events that a target may send or not, an untouched dossier
 * shows whether the target sends them anyway.
 */

/** Waits for the `dossier.created` of each of these dossiers. */
export const awaitCreations = async (inbox: Inbox, ids: readonly string[]): Promise<void> => {
  // If one never arrives, that is for the rules about creations to report.
  if (inbox.shownMissingBy('dossier.created')) return;
  for (const id of ids) await inbox.find(isAbout('dossier.created', id));
};

/**
 * Leaves out what may be the event of a first stage (LG-WEB-028): the first move of each dossier,
 * if a dossier that was only created has such an event as well.
 *
 * @param untouched - the id of a dossier that was only created
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
 * Leaves out what may be the update caused by a link or a note (LG-WEB-033, LG-WEB-034): the
 * updates of these dossiers, if doing the same to others sends one as well.
 *
 * @param doTheSame - does it to other dossiers and returns their ids
 */
export const withoutUpdatesOf = async (
  inbox: Inbox,
  found: readonly Delivery[],
  ids: readonly unknown[],
  repeatForOthers: () => Promise<readonly string[]>,
): Promise<readonly Delivery[]> => {
  const isTheirs = ({ event }: Delivery): boolean =>
    event?.type === 'dossier.updated' && ids.includes(event.data?.['id']);
  if (!found.some(isTheirs)) return found;
  for (const id of await repeatForOthers()) {
    const control = isAbout('dossier.updated', id);
    if (await inbox.find(control, inbox.patience.event))
      return found.filter((one) => !isTheirs(one));
  }
  return found;
};
