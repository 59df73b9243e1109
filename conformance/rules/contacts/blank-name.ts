import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/blank-name',
  level: 'SHOULD',
  verifies: ['LG-CON-029'],
  sentence: 'A name of nothing but white space is refused, for new contacts and for others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    for (const full_name of ['', ' ', '\t\n', '\u00A0\u2003']) {
      const body = { full_name };
      world.expect.refusal(await home.all.send('createContact', { body }), 400);
      world.expect.refusal(await home.all.send('updateContact', { path: { id }, body }), 400);
    }
    await createContact(world, home, { full_name: '.' });
    await changeContact(world, home, id, { full_name: '.' });
  },
  liar: refuseNot(400),
});
