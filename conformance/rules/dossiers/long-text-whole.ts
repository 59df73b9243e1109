import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectWholeTexts } from '../../world/long-texts.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { expectKept, see, type Place } from '../../world/sightings.ts';

/** The texts of a sales dossier, with the places that must show them. */
const fields: Readonly<Record<string, readonly Place[]>> = {
  name: ['created', 'retrieved', 'listed'],
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ role: [], intake_notes: [] },
};

export default defineRule({
  id: 'dossiers/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-030', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039'],
  sentence: 'A text that is too long is refused, and any other is kept to its end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await expectWholeTexts(
      world,
      Object.keys(fields),
      (texts) => {
        const body = { type: 'sales', name: 'Tulp Logistics', ...texts };
        return home.all.send('createDossier', { body });
      },
      async (texts, { json }) => {
        const seen = await see(world, home, dataOf(json) as Dossier);
        for (const [field, text] of Object.entries(texts)) {
          expectKept(seen, { [field]: text }, fields[field]);
        }
      },
    );
  },
  // A server with columns of 255 characters, which it fills up without a word.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    company: typeof body['company'] === 'string' ? body['company'].slice(0, 255) : null,
  })),
});
