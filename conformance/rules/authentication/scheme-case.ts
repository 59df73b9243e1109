import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'authentication/scheme-case',
  level: 'SHOULD',
  verifies: ['LG-AUT-017'],
  sentence: 'The name of the bearer scheme may be written in any letter case.',
  needs: [],
  check: async ({ organization, clientWith, expect }) => {
    const key = await (await organization()).key();
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${key}` };
      expect.success(await clientWith(undefined).send('listDossiers', { headers }));
    }
  },
  liar: refuse(
    401,
    'unauthorized',
    (request) => !request.headers.get('authorization')?.startsWith('Bearer'),
  ),
});
