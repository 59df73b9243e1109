import { aFullDossier } from '../../arbitraries/changes.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dossierFields, retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'archiving/whole-answer',
  level: 'SHOULD',
  verifies: ['LG-DOS-018'],
  sentence: 'Deleting a dossier answers the whole dossier, just as it is read then.',
  needs: [],
  check: (world) =>
    world.property([aFullDossier()], async (draft) => {
      const home = await world.organization();
      const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
      const answered = await archive(world, home, id);
      const retrieved = await retrieve(world, home, id);
      for (const field of dossierFields(world.contract)) {
        expectEqual(answered[field], retrieved[field], `${field} in the answer`);
      }
    }),
  // A server that answers as briefly as the example.
  liar: onAnswer(['archiveDossier'], (answer) => {
    if (answer.status >= 300) return;
    const { data } = answer.body as { data: { id: string; status: string } };
    answer.body = { data: { id: data.id, status: data.status } };
  }),
});
