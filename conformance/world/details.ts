import { change } from './changes.ts';
import { findListedContact } from './contact-list.ts';
import { comparable } from './contact-sightings.ts';
import { retrieveContact } from './contacts.ts';
import { findUnderAnyStatus } from './dossier-list.ts';
import { contactsOn } from './links.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Organization } from './organization.ts';
import { retrieve } from './sightings.ts';
import type { World } from './world.ts';

/** The fields that are kept with a dossier or with its contact (LG-DOS-042, LG-DOS-061). */
export interface Details {
  readonly email?: string;
  readonly phone?: string;
  readonly role?: string;
}

type Judge = Pick<World, 'expect' | 'contract'>;
type Shown = Readonly<Record<string, unknown>>;

/**
 * Each value can be read: an answer about the dossier shows it, or one about a contact that is
 * linked to it. The echo of the request that sent it doesn't count.
 */
export const expectDetailsKept = async (
  world: Judge,
  home: Organization,
  id: string,
  sent: Details,
): Promise<void> => {
  let lost: [string, unknown][] = Object.entries(sent);
  const shown: Shown[] = [];
  for await (const view of viewsOf(world, home, id)) {
    lost = lost.filter(([name, value]) => comparable(name, view[name]) !== comparable(name, value));
    if (lost.length === 0) return;
    shown.push(Object.fromEntries(lost.map(([name]) => [name, view[name] ?? null])));
  }
  const expected = lost.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ');
  throw new Nonconformity(`${expected} on the dossier or its contact`, JSON.stringify(shown));
};

/** What answers show of a dossier and its contacts, the cheapest first. */
async function* viewsOf(world: Judge, home: Organization, id: string): AsyncGenerator<Shown> {
  const retrieved = await retrieve(world, home, id);
  yield retrieved;
  yield await findUnderAnyStatus(world, home, id);
  for (const linked of await contactsOn(world, home, id)) {
    yield linked;
    yield await retrieveContact(world, home, linked.contact_id);
    yield await findListedContact(world, home, linked.contact_id);
  }
  // The answer to a change may show more of a dossier than others do (LG-DOS-018).
  yield await change(world, home, id, { name: retrieved.name });
  yield await retrieve(world, home, id);
}
