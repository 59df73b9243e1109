import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectNewId } from '../../world/new-ids.ts';

export default defineRule({
  id: 'dossiers/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-045', 'LG-GEN-046'],
  sentence: 'A new dossier has a UUID of version 4, in lower case, as its id.',
  needs: [],
  check: async ({ organization }) => {
    for (const { id } of await (await organization()).createDossiers(plainDossiers(4))) {
      expectNewId(id, 'a dossier');
    }
  },
  liar: onData(['createDossier'], (dossier) => {
    dossier['id'] = String(dossier['id']).toUpperCase();
  }),
});
