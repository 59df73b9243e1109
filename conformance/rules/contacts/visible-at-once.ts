import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { expectContactNotListed, findListedContact } from '../../world/contact-list.ts';
import {
  changeContact,
  contactKinds,
  createContact,
  deleteContact,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/visible-at-once',
  level: 'SHOULD',
  verifies: ['LG-GEN-053'],
  sentence: 'What was done to a contact shows in every request that follows, the search included.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [kind = 'candidate'] = contactKinds(world.contract);
    const queries = [{}, { kind }, { search: 'Zwartkruis' }, { kind, search: 'Zwartkruis' }];
    for (const draft of plainContacts(3)) {
      const { id } = await createContact(world, home, draft);
      await findListedContact(world, home, id, { search: 'Contact' });
      await changeContact(world, home, id, { company: 'Zwartkruis', kind: [kind] });
      const { company } = await retrieveContact(world, home, id);
      expectEqual(company, 'Zwartkruis', 'the company after the change');
      for (const query of queries) await findListedContact(world, home, id, query);
      await deleteContact(world, home, id);
      for (const query of queries) await expectContactNotListed(world, home, id, query);
    }
  },
  liar: neverLookAgain(),
});
