import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/null-name',
  level: 'SHOULD',
  verifies: ['LG-CON-071', 'LG-GEN-036'],
  sentence: 'Nobody is created without a name by null, and nobody loses it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const nameless = await home.all.send('createContact', { body: { full_name: null } });
    world.expect.refusal(nameless, 400);
    for (const more of [{}, { city: 'Delft' }]) {
      const change = { path: { id }, body: { ...more, full_name: null } };
      world.expect.refusal(await home.all.send('updateContact', change), 400);
      await changeContact(world, home, id, { ...more, full_name: 'Iris' });
    }
  },
  liar: onSent(['updateContact'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
});
