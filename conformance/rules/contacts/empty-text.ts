import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
} from '../../world/contact-sightings.ts';
import type { TextField } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { freeTexts } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'contacts/empty-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-041'],
  sentence: 'An empty text is kept, except in an address.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const full_name = 'Noor Bakker';
    for (const field of freeTexts(world.contract, 'createContact') as TextField[]) {
      const made = await createAndSeeContact(world, home, { full_name, [field]: '' });
      const { id } = made.answered;
      await changeAndSeeContact(world, home, id, { [field]: '.' });
      const changed = await changeAndSeeContact(world, home, id, { [field]: '' });
      for (const place of contactPlaces) {
        expectEqual(made[place][field], '', `${field} of a new contact`);
        expectEqual(changed[place][field], '', `${field} after a change`);
      }
      const path = { id };
      const change = { path, body: { email: '' } };
      world.expect.refusal(await home.all.send('updateContact', change), 400);
    }
    const body = { full_name, email: '' };
    world.expect.refusal(await home.all.send('createContact', { body }), 400);
  },
  liar: onData(['getContact'], (contact) => {
    for (const field of Object.keys(contact)) if (contact[field] === '') contact[field] = null;
  }),
});
