import { aDossier } from '../../arbitraries/new-dossier.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

/** What the example of the answer shows of every new dossier. */
const shown = ['id', 'type', 'name', 'status', 'current_stage_id', 'created_at'] as const;

export default defineRule({
  id: 'dossiers/new-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-020', 'LG-DOS-021', 'LG-DOS-103'],
  sentence: 'Creation answers the new dossier, which is active.',
  needs: [],
  check: ({ organization, property }) =>
    property([aDossier()], async (draft) => {
      const created = await (await organization()).createDossier(draft);
      for (const field of shown) {
        const shown = typeof created[field] === 'string' && created[field] !== '';
        expectThat(shown, `${field} in the answer to the creation`, () => created);
      }
      expectEqual(created.status, 'active', 'the status of a new dossier');
    }),
  liar: onData(['createDossier'], (dossier) => {
    dossier['status'] = 'new';
  }),
});
