import { someKinds } from '../../arbitraries/new-contact.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  contactPlaces,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';
import { contactKinds } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/kinds',
  level: 'MUST',
  verifies: ['LG-CON-002', 'LG-CON-044'],
  sentence: 'A contact has just the kinds that were sent, several at once too.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const all = contactKinds(world.contract);
    const see = async (kind: (typeof all)[number][]) => {
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', kind });
      expectContactKept(seen, { kind }, contactPlaces);
    };
    for (const kind of [[], [...all], [...all].reverse()]) await see(kind);
    await world.property([someKinds(all, 1)], see);
  },
  // A server that has room for one.
  liar: onSent(['createContact'], (body) => ({
    ...body,
    kind: (body['kind'] as string[]).slice(0, 1),
  })),
});
