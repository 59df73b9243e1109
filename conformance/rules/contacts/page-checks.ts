import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { frontOf, whileStill } from '../../world/stillness.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { pageOf } from '../../world/pages.ts';

const numbers = ['0', '-1', '1.5', 'two', '1e1'];

export default defineRule({
  id: 'contacts/page-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-020', 'LG-GEN-021', 'LG-GEN-022'],
  sentence: 'Pages of contacts that cannot be are refused, or empty past the end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await createContacts(world, home, plainContacts(3));
    const { maximum } = pageSizes(world.contract, 'listContacts');
    const list = (query: Record<string, string>) => home.all.send('listContacts', { query });
    const offences = ['page', 'per_page'].flatMap((name) =>
      numbers.map((value) => ({ [name]: value })),
    );
    for (const query of [...offences, { per_page: String(maximum + 1) }]) {
      world.expect.refusal(await list(query), 400);
    }
    const look = () => frontOf(world, home, 'listContacts');
    await whileStill(look, async ({ total }) => {
      const last = Math.ceil(total / 2);
      for (const page of [1, last, last + 1, last + 97]) {
        const exchange = await list({ page: String(page), per_page: '2' });
        world.expect.success(exchange);
        const { items, ...told } = pageOf(exchange);
        const rest = Math.max(0, total - 2 * (page - 1));
        expectEqual(items.length, Math.min(2, rest), 'the number of items');
        expectEqual(told, { total, page, perPage: 2 }, 'what meta tells of the page');
      }
    });
  },
  liar: overlookQuery('listContacts', 'per_page'),
});
