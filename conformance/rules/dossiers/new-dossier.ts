import { aDossier } from '../../arbitraries/new-dossier.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { alwaysShown } from '../../world/example-members.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/new-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-020', 'LG-DOS-021', 'LG-DOS-103'],
  sentence: 'Creation answers the new dossier, which is active.',
  needs: [],
  check: ({ organization, property, contract }) =>
    property([aDossier()], async (draft) => {
      const created = await (await organization()).createDossier(draft);
      for (const field of alwaysShown(contract, 'createDossier')) {
        const value = created[field as keyof typeof created];
        expectThat(
          typeof value === 'string' && value !== '',
          `${field} in the answer to the creation`,
          () => created,
        );
      }
      expectEqual(created.status, 'active', 'the status of a new dossier');
    }),
  liar: onData(['createDossier'], (dossier) => {
    dossier['status'] = 'new';
  }),
});
