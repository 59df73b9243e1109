import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import type { Client } from '../../world/client.ts';

export default defineRule({
  id: 'scopes/other-scopes',
  level: 'MUST',
  verifies: ['LG-AUT-018', 'LG-AUT-019'],
  sentence:
    'A key with no scope at all, or with a single other one, is forbidden to do anything else.',
  needs: ['scoped-keys'],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    const holders: [readonly string[], Client][] = [];
    for (const held of [[], ...contract.scopes.map((scope) => [scope])]) {
      holders.push([held, await home.client({ scopes: held })]);
    }
    for (const { id, scopes } of operations) {
      const request = await home.prepare(id);
      for (const [held, client] of holders) {
        if (scopes.every((scope) => held.includes(scope))) continue;
        expect.refusal(await client.send(id, request), 403);
      }
      expect.success(await home.all.send(id, request));
    }
  },
  liar: letIn(403),
});
