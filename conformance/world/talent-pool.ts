import { contactKinds, createContact, type Contact } from './contacts.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** A contact, and the seconds until its time in the talent pool ends; null if it never was there. */
interface Pooled {
  readonly contact: Contact;
  readonly seconds: number | null;
}

/** Creates a contact for each time in the pool, of one kind and another in turn. */
export const fillPool = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  times: readonly (number | null)[],
): Promise<Pooled[]> => {
  const kinds = contactKinds(world.contract);
  const made: Pooled[] = [];
  for (const [index, seconds] of times.entries()) {
    const kind = kinds.slice(index % 2, (index % 2) + 1);
    const contact = await createContact(world, home, { full_name: 'Noor Bakker', kind });
    // Null as well: whether new contacts enter the pool by themselves is not documented.
    await home.setPoolWindow(contact.id, seconds);
    made.push({ contact, seconds });
  }
  return made;
};

/** The ids of those that are as wanted, in ascending order. */
export const idsOf = (pooled: readonly Pooled[], wanted: (one: Pooled) => boolean): string[] =>
  pooled
    .filter(wanted)
    .map(({ contact }) => contact.id)
    .sort();
