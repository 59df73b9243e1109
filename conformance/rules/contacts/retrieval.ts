import fc from 'fast-check';
import { aContact } from '../../arbitraries/new-contact.ts';
import { findByName } from '../../liars/ids.ts';
import { defineRule } from '../../rule.ts';
import { contactKinds, createContacts, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/retrieval',
  level: 'MUST',
  verifies: ['LG-CON-051'],
  sentence: 'Each id retrieves its own contact with its kinds, whoever has the same name.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const some = fc.array(aContact(contactKinds(world.contract)), { minLength: 1, maxLength: 3 });
    await world.property(
      [some],
      async (drafts) => {
        const namesakes = drafts.map((draft, index) => ({
          ...{ ...draft, company: `Company ${String(index)}` },
          full_name: drafts[0]?.full_name ?? draft.full_name,
        }));
        const more = namesakes.map((draft) => ({ ...draft, role: 'Namesake' }));
        const all = [...namesakes, ...more];
        const made = await createContacts(world, home, all);
        for (const [index, { id }] of made.entries()) {
          const { kind, ...contact } = await retrieveContact(world, home, id);
          expectEqual(contact.id, id, 'the id of the contact that was asked for');
          expectEqual([...kind].sort(), [...(all[index]?.kind ?? [])].sort(), 'its kinds');
          expectEqual(contact.company, all[index]?.company, 'its company');
        }
      },
      5,
    );
  },
  liar: findByName('createContact', 'getContact', 'full_name'),
});
