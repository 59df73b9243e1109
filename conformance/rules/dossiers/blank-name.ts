import { aType } from '../../arbitraries/new-dossier.ts';
import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'dossiers/blank-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-031'],
  sentence: 'A name of nothing but white space is refused.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    await property(
      [aType()],
      async (type) => {
        for (const name of ['', ' ', '\t\n', '\u00A0\u2003']) {
          const blank = await home.all.send('createDossier', { body: { type, name } });
          expect.refusal(blank, 400);
        }
        await home.createDossier({ type, name: '.' });
      },
      2,
    );
  },
  liar: refuseNot(400),
});
