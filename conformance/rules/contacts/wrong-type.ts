import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, createContact } from '../../world/contacts.ts';
import { bodyFields } from '../../world/schema-fields.ts';

const samples = [42, true, ['42'], { value: '42' }];

export default defineRule({
  id: 'contacts/wrong-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: 'A value that is no text is refused in every text of a contact.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const fields = bodyFields(world.contract, 'createContact');
    for (const { name } of fields.filter(({ types }) => types.has('string'))) {
      for (const value of samples) {
        const body = { full_name: 'Noor Bakker', [name]: value };
        world.expect.refusal(await home.all.send('createContact', { body }), 400);
        const change = { path: { id }, body: { [name]: value } };
        world.expect.refusal(await home.all.send('updateContact', change), 400);
      }
    }
    await createContact(world, home, { full_name: '42', city: '42' });
    await changeContact(world, home, id, { full_name: '42', city: '42' });
  },
  // It makes text of numbers.
  liar: onFields((fields) => {
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'number') fields[name] = String(value);
    }
  }),
});
