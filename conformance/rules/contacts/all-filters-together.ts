import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, contactKinds, type Kind } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { walkPages } from '../../world/pages.ts';
import { expectReading } from '../../world/readings.ts';
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
    const both = contactKinds(world.contract).slice(0, 2);
    const kindsOf = (index: number) =>
      Math.floor(index / 4) % 2 === 0 ? [both[index % 2] ?? 'candidate'] : both;
    for (const [index, { contact }] of pooled.entries()) {
      const changes = { company: wordOf(index), kind: kindsOf(index) };
      await changeContact(world, home, contact.id, changes);
    }
    for (const pool of [undefined, 'in_pool', 'expired']) {
      for (const kind of [[], ...both.map((one) => [one]), both]) {
        for (const search of [undefined, ...words]) {
          const passing = (has: (own: readonly Kind[]) => boolean) =>
            pooled
              .filter(
                ({ seconds }, index) =>
                  (pool === undefined || (seconds ?? 0) > 0 === (pool === 'in_pool')) &&
                  (kind.length === 0 || has(kindsOf(index))) &&
                  (search === undefined || wordOf(index) === search),
              )
              .map(({ contact }) => contact);
          // Whether any of several kinds will do is a matter of decisions (LG-CON-007).
          const any = passing((own) => kind.some((one) => own.includes(one)));
          const each = passing((own) => kind.every((one) => own.includes(one)));
          const query = { kind, ...(pool && { pool }), ...(search && { search }), per_page: '3' };
          await eventually(world, async () => {
            const pages = await walkPages(home.all, 'listContacts', query, world.expect);
            expectReading(pages, any, each);
          });
        }
      }
    }
  },
  // A server that lets the other filters win.
  liar: overlookQuery('listContacts', 'pool'),
});
