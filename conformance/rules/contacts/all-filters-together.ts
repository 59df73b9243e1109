import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, contactKinds } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';
import { walkPages } from '../../world/pages.ts';
import { fillPool } from '../../world/talent-pool.ts';

const month = 2_592_000;

/** Every way of being in the pool, each twice for either kind and either word. */
const times = [month, -month].flatMap((time) => Array.from({ length: 8 }, () => time));

/** Unlike one another, for who finds similar spellings too. */
const words = ['Zwartkruis', 'Hemelvaart'];

export default defineRule({
  id: 'contacts/all-filters-together',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-015', 'LG-GEN-023', 'LG-CON-005', 'LG-CON-008'] as const),
    ...(['LG-CON-009', 'LG-CON-012'] as const),
  ],
  sentence: 'Kind, pool and search, any of them together, list and count who passes them all.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (world) => {
    const home = await world.organization();
    const pooled = await fillPool(world, home, times);
    const wordOf = (index: number) => words[Math.floor(index / 2) % 2] ?? '';
    for (const [index, { contact }] of pooled.entries()) {
      await changeContact(world, home, contact.id, { company: wordOf(index) });
    }
    const kinds = [undefined, ...contactKinds(world.contract).slice(0, 2)];
    for (const pool of [undefined, 'in_pool', 'expired']) {
      for (const kind of kinds) {
        for (const search of [undefined, ...words]) {
          const passing = pooled.filter(
            ({ contact, seconds }, index) =>
              (pool === undefined || (seconds ?? 0) > 0 === (pool === 'in_pool')) &&
              (kind === undefined || contact.kind.includes(kind)) &&
              (search === undefined || wordOf(index) === search),
          );
          const wanted = passing.map(({ contact }) => contact.id).sort();
          const query = { ...(pool && { pool }), ...(kind && { kind }), ...(search && { search }) };
          await eventually(world, async () => {
            const paged = { ...query, per_page: '3' };
            const pages = await walkPages(home.all, 'listContacts', paged, world.expect);
            const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
            expectEqual(seen.sort(), wanted, 'the ids that pass');
            for (const { total } of pages) expectEqual(total, wanted.length, 'the total');
          });
        }
      }
    }
  },
  // A server that lets the other filters win.
  liar: overlookQuery('listContacts', 'pool'),
});
