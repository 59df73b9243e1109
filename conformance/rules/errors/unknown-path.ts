import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectStrayRefused, stray } from '../../world/strays.ts';

export default defineRule({
  id: 'errors/unknown-path',
  level: 'SHOULD',
  verifies: ['LG-ERR-024'],
  sentence: 'A path that the contract does not know is not found.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const { all, prepare } = await organization();
    const { path } = await prepare('getDossier');
    const below = `/dossiers/${encodeURIComponent(path?.['id'] ?? '')}`;
    for (const unknown of ['/nothing', '/dossier', '/flows/a/b/c', `${below}/nothing`]) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        expectStrayRefused(contract, await stray(all, method, unknown), 404);
      }
    }
    expect.success(await stray(all, 'GET', '/dossiers'));
    expect.success(await stray(all, 'GET', below));
  },
  liar: refuse(400, 'invalid_body', ({ url }) => url.includes('nothing')),
});
