import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';

/** What clients and proxies add, and what other APIs know. */
const foreign = { utm_source: 'newsletter', _: '1763759000', 'filter[name]': 'x', sort: 'name' };

export default defineRule({
  id: 'requests/unknown-parameter',
  level: 'SHOULD',
  verifies: ['LG-GEN-027'],
  sentence: 'Query parameters that the contract does not name change nothing.',
  needs: ['fresh-organizations'],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id, method } of operations) {
      const request = await home.prepare(id);
      const plain = method === 'GET' ? await home.all.send(id, request) : undefined;
      const exchange = await home.all.send(id, { ...request, query: foreign });
      expect.success(exchange);
      if (!plain) continue;
      expect.success(plain);
      expectEqual(dataOf(exchange.json), dataOf(plain.json), 'the same data as without them,');
    }
  },
  liar: refuse(400, 'invalid_body', ({ url }) => url.includes('utm_source')),
});
