import { someChanges } from '../../arbitraries/new-contact.ts';
import { stickToFirstPath } from '../../liars/ruts.ts';
import { defineRule } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import {
  anUnusedEmail,
  changeContact,
  contactKinds,
  createContacts,
  deleteContact,
  factsOf,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/one-contact',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056', 'LG-CON-074'],
  sentence: 'A change or deletion is of the contact that its path names, and of no namesake.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    await world.property(
      [someChanges(kinds), someChanges(kinds)],
      async (first, second) => {
        const email = await anUnusedEmail(world, home);
        const draft = { full_name: 'Noor Bakker', company: 'Tulp Logistics' };
        const drafts = [draft, { ...draft, email }, draft];
        const [one, two, three] = await createContacts(world, home, drafts);
        if (!one || !two || !three) return;
        const look = async () =>
          factsOf(world.contract, await findListedContact(world, home, two.id));
        const before = await look();
        await changeContact(world, home, one.id, first);
        await changeContact(world, home, three.id, second);
        expectEqual(await look(), before, 'another contact as before,');
        await changeContact(world, home, two.id, { city: 'Ede' });
        expectEqual(await look(), { ...before, city: 'Ede' }, 'the contact that was named,');
        await deleteContact(world, home, three.id);
        expectEqual(await look(), { ...before, city: 'Ede' }, 'another contact as before,');
      },
      5,
    );
  },
  // A server that remembers too well which contact it was asked for.
  liar: stickToFirstPath('updateContact'),
});
