import fc from 'fast-check';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts, deleteContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { walkPages } from '../../world/pages.ts';

export default defineRule({
  id: 'contacts/total',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-016', 'LG-GEN-017'],
  sentence: 'Each page tells how many contacts there are, and all pages have each of them once.',
  needs: ['fresh-organizations'],
  check: (world) =>
    world.property(
      [fc.nat({ max: 6 }), fc.nat({ max: 3 }), fc.integer({ min: 1, max: 3 })],
      async (count, gone, perPage) => {
        const home = await world.organization();
        const expectAll = async (ids: readonly string[]) => {
          const query = { per_page: String(perPage) };
          const pages = await walkPages(home.all, 'listContacts', query, world.expect);
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen.sort(), [...ids].sort(), 'the ids on all pages');
          for (const { total } of pages) expectEqual(total, ids.length, 'meta.total');
        };
        await expectAll([]);
        const made = await createContacts(world, home, plainContacts(count));
        const ids = made.map(({ id }) => id);
        await expectAll(ids);
        for (const id of ids.slice(0, gone)) await deleteContact(world, home, id);
        await expectAll(ids.slice(gone));
      },
      6,
    ),
  // A server that counts everybody that an organisation ever had.
  liar: (fetch, name) => {
    const most = new Map<string | null, number>();
    return (request) => {
      const key = request.headers.get('authorization');
      const bend = onPage(['listContacts'], ({ meta }) => {
        most.set(key, Math.max(most.get(key) ?? 0, Number(meta['total'])));
        meta['total'] = most.get(key);
      });
      return bend(fetch, name)(request);
    };
  },
});
