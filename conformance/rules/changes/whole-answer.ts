import fc from 'fast-check';
import { aFullDossier, someChanges } from '../../arbitraries/changes.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSee } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dossierFields } from '../../world/sightings.ts';

const aChangedDossier = () =>
  aFullDossier().chain((draft) => fc.tuple(fc.constant(draft), someChanges(draft.type)));

export default defineRule({
  id: 'changes/whole-answer',
  level: 'SHOULD',
  verifies: ['LG-DOS-018', 'LG-DOS-042'],
  sentence: 'A change answers the whole dossier, with all that was sent, just as it is read then.',
  needs: [],
  check: (world) =>
    world.property([aChangedDossier()], async ([first, second]) => {
      const home = await world.organization();
      const draft = await withUnusedEmail(world, home, first);
      const changes = await withUnusedEmail(world, home, second);
      const { id } = await home.createDossier(draft);
      const { answered, retrieved, listed } = await changeAndSee(world, home, id, changes);
      const fields = dossierFields(world.contract);
      const missing = fields.filter((field) => answered[field] === undefined);
      expectThat(missing.length === 0, 'a whole dossier in the answer', () => missing);
      for (const field of fields) {
        expectEqual(retrieved[field], answered[field], `${field} as answered,`);
        expectEqual(listed[field], answered[field], `${field} as answered,`);
      }
      for (const [name, value] of Object.entries({ ...draft, ...changes })) {
        expectEqual(answered[name as keyof typeof answered], value, `${name} as sent,`);
      }
    }),
  // A server that answers the fields that it was sent.
  liar: onAnswer(['updateDossier'], (answer) => {
    if (answer.status >= 300) return;
    const { data } = answer.body as { data: Record<string, unknown> };
    const { id, current_stage_id, status } = data;
    answer.body = { data: { id, current_stage_id, status } };
  }),
});
