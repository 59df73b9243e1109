import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/no-body',
  level: 'SHOULD',
  verifies: ['LG-GEN-038', 'LG-GEN-037'],
  sentence: 'A change of a contact without a body, or with one that is no object, is refused.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const path = { id };
    const headers = { 'content-type': 'application/json' };
    world.expect.refusal(await home.all.send('updateContact', { path }), 400);
    for (const body of ['', 'null', '[]', '"Noor"', '42', 'true']) {
      const change = { path, headers, body };
      world.expect.refusal(await home.all.send('updateContact', change), 400);
    }
    await changeContact(world, home, id, { full_name: 'Iris' });
  },
  liar: refuseNot(400),
});
