import fc from 'fast-check';
import { aTimeInPool } from '../../arbitraries/pool.ts';
import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { contactIdsIn } from '../../world/contact-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { fillPool, idsOf } from '../../world/talent-pool.ts';

export default defineRule({
  id: 'contacts/pool-expired',
  level: 'MUST',
  verifies: ['LG-CON-009'],
  sentence: 'Those whose time in the talent pool is over are listed as such, and nobody in it.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (world) =>
    world.property(
      [fc.array(aTimeInPool(), { maxLength: 6 })],
      async (times) => {
        const home = await world.organization();
        const pooled = await fillPool(world, home, times);
        const wanted = idsOf(pooled, ({ seconds }) => seconds !== null && seconds < 0);
        // Where those belong that never were in the pool is a matter of decisions.
        const never = idsOf(pooled, ({ seconds }) => seconds === null);
        for (const per_page of ['2', '100']) {
          const ids = await contactIdsIn(world, home, { pool: 'expired', per_page });
          const others = ids.filter((id) => !never.includes(id));
          expectEqual(others, wanted, 'the ids of those whose time is over');
        }
      },
      8,
    ),
  // A server that looks who was put into the pool.
  liar: onDraft(({ url }) => {
    if (url.searchParams.has('pool')) url.searchParams.set('pool', 'in_pool');
  }),
});
