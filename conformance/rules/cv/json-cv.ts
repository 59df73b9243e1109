import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';

export default defineRule({
  id: 'cv/json-cv',
  level: 'SHOULD',
  verifies: ['LG-CV-028'],
  sentence: 'JSON creates no CV: a field of that name is ignored.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const cv of ['JVBERi0xLjQK', null, { url: 'https://example.com/cv.pdf' }]) {
      const body = { type: 'candidate', name: 'Noor Bakker', cv };
      const exchange = await home.all.send('createDossier', { body });
      world.expect.success(exchange);
      const { cv_url } = dataOf(exchange.json) as Dossier;
      expectEqual(cv_url ?? null, null, 'cv_url');
    }
  },
  liar: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = `c0ffee/dossiers/${String(dossier['id'])}/cv.pdf`;
  }),
});
