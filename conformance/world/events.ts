import type { EventType } from '../../openapi/contract.ts';
import type { OrganizationWish } from '../targets/target.ts';
import { Unavailable } from '../targets/unavailable.ts';
import { asText } from './as-text.ts';
import type { Delivery } from './deliveries.ts';
import type { Inbox } from './inbox.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** An organisation to work in, and where its events arrive. */
export const listen = async (
  world: Pick<World, 'organization'>,
  wish: OrganizationWish = {},
): Promise<{ home: Organization; inbox: Inbox }> => {
  const home = await world.organization(wish);
  return { home, inbox: await home.inbox() };
};

/** Whether a delivery is of an event of this type about this dossier or note. */
export const isAbout =
  (type: EventType, id: string) =>
  ({ event }: Delivery): boolean =>
    event?.type === type && event.data?.['id'] === id;

/** The first delivery of an event of this type about this dossier or note; it must come. */
export const expectEvent = async (inbox: Inbox, type: EventType, id: string): Promise<Delivery> => {
  expectSent(inbox, type);
  const found = await inbox.find(isAbout(type, id));
  if (!found)
    throw new Nonconformity(`${type} about ${id}`, arrivalsIn(inbox, id), { missing: type });
  inbox.show(found);
  return found;
};

const expectSent = ({ types }: Inbox, type: EventType): void => {
  if (!types.includes(type)) throw new Unavailable(`The event ${type} is omitted.`, 'omitted');
};

/** So many events of this type about this dossier or note must come, whatever their order. */
export const expectEvents = async (
  inbox: Inbox,
  type: EventType,
  id: string,
  count: number,
): Promise<void> => {
  expectSent(inbox, type);
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
  distinct(inbox).filter(
    ({ event }) => event?.data?.['id'] === id && (type === undefined || event.type === type),
  );

/** All events that have arrived so far, each once. */
export const distinct = (inbox: Inbox): Delivery[] => {
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
export const letPass = async (home: Organization, inbox: Inbox): Promise<string> => {
  const { id } = await home.createDossier({ type: 'candidate', name: 'Created afterwards' });
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
  distinct(inbox)
    .slice(before)
    .filter(
      ({ event }) =>
        inbox.types.some((type) => type === event?.type) && event?.data?.['id'] !== marker,
    );

/**
 * These events about it, in whatever order, and no other must have come. Those are waited for, as any
 * of them may come after all that was caused later (LG-WEB-040).
 */
export const expectOnly = async (
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
