import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const newUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export default defineRule({
  id: 'dossiers/id-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-045', 'LG-GEN-046'],
  sentence: 'A new dossier has a UUID of version 4, in lower case, as its id.',
  needs: [],
  check: async ({ organization }) => {
    for (const { id } of await (await organization()).createDossiers(plainDossiers(4))) {
      expectThat(uuid.test(id), 'a UUID as the id of a dossier', () => id);
      expectThat(newUuid.test(id), 'a UUID of version 4 in lower case', () => id);
    }
  },
  liar: onData(['createDossier'], (dossier) => {
    dossier['id'] = String(dossier['id']).toUpperCase();
  }),
});
