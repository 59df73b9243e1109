import { aTextOf } from '../../arbitraries/long-text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, contactPlaces } from '../../world/contact-sightings.ts';
import { createContact, deleteContact, type TextField } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { freeTexts } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'contacts/long-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-042'],
  sentence: 'No text is too long for its field as long as the body may be that long.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const fields = ['full_name', ...freeTexts(world.contract, 'createContact')] as TextField[];
    for (const length of [256, 65_536]) {
      const sent = Object.fromEntries(fields.map((field) => [field, aTextOf(length, field)]));
      const draft = { full_name: 'Noor Bakker', ...sent };
      const { id } = await createContact(world, home, draft);
      await changeAndSeeContact(world, home, id, { full_name: 'Short', city: 'Ede', notes: '' });
      const seen = await changeAndSeeContact(world, home, id, sent);
      for (const field of fields) {
        for (const place of contactPlaces) {
          const whole = seen[place][field] === sent[field];
          const expected = `${field} of ${String(length)} letters (${place})`;
          expectThat(whole, expected, () => `${String(seen[place][field]?.length)} letters`);
        }
      }
      await deleteContact(world, home, id);
    }
  },
  liar: onSent(['updateContact'], (body) => ({
    ...body,
    city: String(body['city']).slice(0, 255),
  })),
});
