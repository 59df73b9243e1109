import { trustOnlyFirstKey } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'scopes/sufficient-scopes',
  level: 'MUST',
  verifies: [
    'LG-AUT-021',
    'LG-AUT-022',
    'LG-AUT-023',
    'LG-AUT-024',
    'LG-AUT-025',
    'LG-AUT-026',
    'LG-AUT-027',
    'LG-AUT-028',
  ],
  sentence: 'A key with no scopes but those that the operation needs may use it.',
  needs: ['scoped-keys'],
  check: async ({ organization, operations, expect }) => {
    const home = await organization();
    for (const { id, scopes } of operations) {
      const request = await home.prepare(id);
      const client = await home.client({ scopes });
      expect.success(await client.send(id, request));
    }
  },
  liar: trustOnlyFirstKey(403, 'forbidden'),
});
