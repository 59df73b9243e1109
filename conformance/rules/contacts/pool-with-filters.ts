import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { contactKinds } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { walkPages } from '../../world/pages.ts';
import { fillPool, idsOf } from '../../world/talent-pool.ts';

const month = 2_592_000;

export default defineRule({
  id: 'contacts/pool-with-filters',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-GEN-023', 'LG-CON-008'],
  sentence: 'Kind and pool together list and count the contacts that pass both.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (world) => {
    const home = await world.organization();
    const times = [month, month, -month, -month, null, null, month, month, month];
    const pooled = await fillPool(world, home, times);
    for (const kind of contactKinds(world.contract).slice(0, 3)) {
      const wanted = idsOf(
        pooled,
        ({ contact, seconds }) => contact.kind.includes(kind) && seconds === month,
      );
      const query = { kind, pool: 'in_pool', per_page: '2' };
      const pages = await walkPages(home.all, 'listContacts', query, world.expect);
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), wanted, `the ids in the pool of the kind ${kind}`);
      for (const { total } of pages) expectEqual(total, wanted.length, 'the total');
    }
  },
  // A server that lets the kind win.
  liar: onDraft(({ url }) => {
    if (url.searchParams.has('kind')) url.searchParams.delete('pool');
  }),
});
