import { aFullContact } from '../arbitraries/new-contact.ts';
import { anUnusedEmail, contactKinds, type NewContact } from './contacts.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/**
 * Checks something of contacts that have every field, each with an address of its own.
 *
 * @param most - how many of them in a usual run
 */
export const forFullContacts = async (
  world: World,
  check: (home: Organization, draft: NewContact) => Promise<void>,
  most: number,
): Promise<void> => {
  const home = await world.organization();
  await world.property(
    [aFullContact(contactKinds(world.contract))],
    async (draft) => check(home, { ...draft, email: await anUnusedEmail(world, home) }),
    most,
  );
};
