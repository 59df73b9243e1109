import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

const fields = ['name', 'phone', 'company', 'role', 'intake_notes', 'contact_person'] as const;

export default defineRule({
  id: 'dossiers/long-text',
  level: 'SHOULD',
  verifies: ['LG-GEN-042'],
  sentence: 'No text is too long for its field as long as the body may be that long.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const length of [256, 65_536]) {
      // With a full stop, so that no white space is at an end.
      const text = (field: string) => `${`${field} `.repeat(length).slice(0, length - 1)}.`;
      const sent = Object.fromEntries(fields.map((field) => [field, text(field)] as const));
      const draft = { type: 'sales' as const, name: '', ...sent };
      expectKept(await createAndSee(world, home, draft), sent, everywhere);
    }
  },
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    company: String(body['company']).slice(0, 255),
  })),
});
