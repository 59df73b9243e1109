import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactsIn } from '../../world/contact-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { fillPool } from '../../world/talent-pool.ts';

const month = 2_592_000;

export default defineRule({
  id: 'contacts/foreign-pool',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-CON-004', 'LG-CON-008', 'LG-CON-009'],
  sentence: 'Who is in the talent pool of another organisation, or was, is not in the own one.',
  needs: ['second-organization', 'fresh-organizations', 'talent-pool'],
  check: async (world) => {
    const ours = await world.organization();
    const theirs = await world.organization({ second: true });
    await fillPool(world, theirs, [month, -month, month]);
    const own = await fillPool(world, ours, [month, -month]);
    for (const [index, pool] of ['in_pool', 'expired'].entries()) {
      const exchange = await ours.all.send('listContacts', { query: { pool } });
      world.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      const ids = items.map(({ id }) => id);
      expectEqual(ids, [own[index]?.contact.id], `the own contact under ${pool}`);
      expectEqual(total, 1, 'meta.total of the own contacts');
    }
    expectEqual((await contactsIn(world, theirs, { pool: 'in_pool' })).length, 2, 'theirs');
  },
  // It counts everybody's.
  liar: onPage(['listContacts'], ({ meta }, url) => {
    if (url.searchParams.get('pool') === 'in_pool') meta['total'] = Number(meta['total']) + 2;
  }),
});
