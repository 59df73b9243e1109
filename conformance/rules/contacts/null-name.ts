import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/null-name',
  level: 'SHOULD',
  verifies: ['LG-CON-071'],
  sentence: 'Null takes no contact its name.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
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
