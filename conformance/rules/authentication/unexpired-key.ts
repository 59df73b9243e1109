import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';

/** In seconds. When on its last day a key ends is a matter of decisions (LG-AUT-010). */
const lives = [2 * 86_400, 400 * 86_400];

export default defineRule({
  id: 'authentication/unexpired-key',
  level: 'MUST',
  verifies: ['LG-AUT-002'],
  sentence: 'A key whose expiry is still to come is let in.',
  needs: ['expiring-keys'],
  check: async ({ organization, expect }) => {
    const home = await organization();
    for (const expiresIn of lives) {
      const client = await home.client({ expiresIn });
      for (const operation of ['listDossiers', 'listFlows'] as const) {
        expect.success(await client.send(operation));
      }
    }
  },
  liar: refuse(401, 'unauthorized', ({ url }) => url.includes('/flows')),
});
