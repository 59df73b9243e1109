import { aDossier } from '../../arbitraries/new-dossier.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { createAndSee, dossierFields, everywhere } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/whole-dossier',
  level: 'SHOULD',
  verifies: ['LG-DOS-017', 'LG-DOS-018'],
  sentence: 'Creating, retrieving and listing show the same whole dossier.',
  needs: [],
  check: (world) =>
    world.property([aDossier()], async (draft) => {
      const home = await world.organization();
      const seen = await createAndSee(world, home, draft);
      const fields = dossierFields(world.contract);
      for (const place of everywhere) {
        const missing = fields.filter((field) => seen[place][field] === undefined);
        expectThat(missing.length === 0, `a whole dossier (${place})`, () => missing);
        const { status, created_at } = seen[place];
        expectThat(Boolean(status && created_at), 'status and created_at', () => seen[place]);
        for (const field of fields) {
          expectEqual(seen[place][field], seen.created[field], `${field} (${place})`);
        }
      }
    }),
  // A server that creates with the fields that it was sent and no others.
  liar: onData(['createDossier'], (dossier) => {
    for (const [field, value] of Object.entries(dossier)) {
      if (value === null) Reflect.deleteProperty(dossier, field);
    }
  }),
});
