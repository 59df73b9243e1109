import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactKinds, createContacts } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
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
    const [kind = 'candidate'] = contactKinds(world.contract);
    const drafts = plainContacts(size + 2).map((draft) => ({ ...draft, kind: [kind] }));
    const made = await createContacts(world, home, drafts);
    const list = async (query: Record<string, string>) => {
      const exchange = await home.all.send('listContacts', { query });
      world.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      expectEqual(total, made.length, 'meta.total');
      return items.map(({ id }) => id);
    };
    const expectPages = async (filter: Record<string, string>) => {
      const unasked = await list(filter);
      expectEqual(unasked.length, size, 'the number of items on a page of default size');
      expectEqual(await list({ ...filter, page: '1' }), unasked, 'the ids on page 1');
      const sized = await list({ ...filter, per_page: String(size) });
      expectEqual(sized, unasked, 'the ids on a page of that size');
      const second = await list({ ...filter, page: '2' });
      expectEqual(second.length, 2, 'the number of items on page 2');
      const all = made.map(({ id }) => id);
      expectEqual([...unasked, ...second].sort(), all.sort(), 'the ids on both pages');
    };
    for (const filter of [{}, { kind }]) await expectPages(filter);
    await eventually(world, () => expectPages({ search: 'Contact' }));
  },
  // A server that counts pages from 0.
  liar: onPage(['listContacts'], ({ data }, url) => {
    if (url.searchParams.get('page') === '1') data.splice(0, data.length - 2);
  }),
});
