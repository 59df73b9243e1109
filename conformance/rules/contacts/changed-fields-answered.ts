import fc from 'fast-check';
import { aFullContact } from '../../arbitraries/new-contact.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { comparable } from '../../world/contact-sightings.ts';
import {
  anUnusedEmail,
  changeContact,
  contactKinds,
  createContact,
  type ContactChanges,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/changed-fields-answered',
  level: 'MUST',
  verifies: ['LG-CON-057', 'LG-CON-084'],
  sentence: 'A change of a contact answers its id and the new value of each field that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const expectAnswered = async (id: string, changes: ContactChanges) => {
      const answered = await changeContact(world, home, id, changes);
      expectEqual(answered.id, id, 'the id of the contact that was changed');
      for (const [name, value] of Object.entries(changes)) {
        const shown = comparable(name, answered[name as keyof ContactChanges]);
        expectEqual(shown, comparable(name, value), `${name} in the answer to the change`);
      }
    };
    const kinds = contactKinds(world.contract);
    await world.property(
      [aFullContact(kinds), fc.boolean()],
      async (whole, together) => {
        const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const changes = { ...whole, email: await anUnusedEmail(world, home) };
        // Each by itself: what is answered of one must not hang on another.
        const each = Object.entries(changes).map(([name, value]) => ({ [name]: value }));
        for (const some of together ? [changes] : each) await expectAnswered(id, some);
      },
      4,
    );
  },
  // A server that answers with the fields of the example alone.
  liar: onData(['updateContact'], (contact) => {
    for (const name of ['full_name', 'email', 'phone', 'notes']) {
      Reflect.deleteProperty(contact, name);
    }
  }),
});
