import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { whileStill } from '../../world/stillness.ts';
import { documentedIn } from '../../world/documented.ts';
import { expectEqual } from '../../world/expectations.ts';

/** What clients and proxies add, and what other APIs know. */
const foreign = {
  utm_source: 'newsletter',
  _: '1763759000',
  'filter[name]': 'x',
  sort: 'name',
  id: ['1', '2'],
};

export default defineRule({
  id: 'requests/unknown-parameter',
  level: 'SHOULD',
  verifies: ['LG-GEN-027'],
  sentence: 'Query parameters that the contract does not name change nothing.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const { id, method } of operations) {
      const request = await home.prepare(id);
      const send = async (query: NonNullable<RawRequest['query']>) => {
        const exchange = await home.all.send(id, { ...request, query });
        expect.success(exchange);
        return documentedIn(contract, exchange);
      };
      if (method !== 'GET') await send(foreign);
      else {
        await whileStill(
          () => send({}),
          async (plain) => {
            expectEqual(await send(foreign), plain, 'the same as without them,');
          },
        );
      }
    }
  },
  liar: refuse(400, 'invalid_body', ({ url }) => url.includes('utm_source')),
});
