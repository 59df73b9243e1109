import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'contacts/page-defaults',
  level: 'MUST',
  verifies: ['LG-CON-018', 'LG-CON-019', 'LG-GEN-014'],
  sentence: 'Without parameters the first page of contacts comes, in the documented size.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const { size } = pageSizes(world.contract, 'listContacts');
    const home = await world.organization();
    const made = await createContacts(world, home, plainContacts(size + 2));
    const list = async (query: Record<string, string>) => {
      const exchange = await home.all.send('listContacts', { query });
      world.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      expectEqual(total, made.length, 'meta.total');
      return items.map(({ id }) => id);
    };
    const unasked = await list({});
    expectEqual(unasked.length, size, 'the number of items on a page of default size');
    expectEqual(await list({ page: '1' }), unasked, 'the ids on page 1');
    expectEqual(await list({ per_page: String(size) }), unasked, 'the ids on a page of that size');
    const second = await list({ page: '2' });
    expectEqual(second.length, 2, 'the number of items on page 2');
    const all = made.map(({ id }) => id);
    expectEqual([...unasked, ...second].sort(), all.sort(), 'the ids on both pages');
  },
  // A server that counts pages from 0.
  liar: onPage(['listContacts'], ({ data }, url) => {
    if (url.searchParams.get('page') === '1') data.splice(0, data.length - 2);
  }),
});
