import { Unavailable } from '../targets/unavailable.ts';
import { asText } from './as-text.ts';
import { attemptPatienceOf, refuseFirst } from './attempts.ts';
import type { Delivery } from './deliveries.ts';
import { isAbout } from './events.ts';
import type { Inbox } from './inbox.ts';
import { Nonconformity } from './nonconformity.ts';
import type { World } from './world.ts';

/**
 * None of these must have come; to be asked when all on its way has arrived.
 *
 * @throws Unavailable where what came again may have been another attempt at the same event, since
 *   the target gives each attempt an id of its own (LG-WEB-005)
 */
export const expectNone = async (
  world: Pick<World, 'organization' | 'offers'>,
  inbox: Inbox,
  found: readonly Delivery[],
  expected: string,
): Promise<void> => {
  const first = found.find((one) => earlierLike(inbox, one) === 0) ?? found[0];
  if (!first) return;
  // Before anything that is only done to ask further.
  const [exchange] = inbox.show(first);
  const times = earlierLike(inbox, first) + 1;
  if (times > 1 && (await namesAttemptsApart(world, times))) {
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
  world: Pick<World, 'organization' | 'offers'>,
  most: number,
): Promise<boolean> => {
  // The one endpoint that a person has made takes whatever comes.
  if (!world.offers.has('own-endpoints')) return false;
  const home = await world.organization();
  const inbox = await home.inbox(refuseFirst(Infinity));
  const { id } = await home.createDossier({ type: 'candidate', name: 'To be told again' });
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
