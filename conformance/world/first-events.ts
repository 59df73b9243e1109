import type { Delivery } from './deliveries.ts';
import { eventsAbout, isAbout } from './events.ts';
import type { Inbox } from './inbox.ts';

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
