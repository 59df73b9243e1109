import { someKinds } from '../../arbitraries/new-contact.ts';
import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { contactKinds, createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/change-answer',
  level: 'MUST',
  verifies: ['LG-CON-057'],
  sentence: 'A change answers the id of the contact, and its kinds and city as they are now.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const some = someKinds(contactKinds(world.contract));
    await world.property(
      [some, some, aText()],
      async (before, kind, city) => {
        const draft = { full_name: 'Noor Bakker', kind: before, city: 'Breda' };
        const { id } = await createContact(world, home, draft);
        for (const changes of [{ kind, city }, { city: 'Delft' }, { kind: before }]) {
          const seen = await changeAndSeeContact(world, home, id, changes);
          expectEqual(seen.answered.id, id, 'the id of the contact that was changed');
          expectContactKept(seen, changes, ['answered']);
        }
      },
      6,
    );
  },
  liar: onData(['updateContact'], (contact) => {
    delete contact['kind'];
  }),
});
