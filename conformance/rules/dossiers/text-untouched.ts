import { anUnkemptText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createAndSee, everywhere } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/text-untouched',
  level: 'SHOULD',
  verifies: ['LG-GEN-040'],
  sentence: 'Text is kept to the last character, white space at its ends included.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([anUnkemptText(), anUnkemptText()], async (name, text) => {
      const texts = { name, company: text, contact_person: text, intake_notes: text };
      const seen = await createAndSee(world, home, { type: 'sales', ...texts });
      for (const place of everywhere) {
        const { name, company, contact_person, intake_notes } = seen[place];
        const shown = { name, company, contact_person, intake_notes };
        expectEqual(shown, texts, `the texts (${place})`);
      }
    });
  },
  liar: onSent(['createDossier'], (body) => ({ ...body, company: String(body['company']).trim() })),
});
