import fc from 'fast-check';
import { aTimeInPool } from '../../arbitraries/pool.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { contactIdsIn } from '../../world/contact-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { fillPool, idsOf } from '../../world/talent-pool.ts';

export default defineRule({
  id: 'contacts/in-pool',
  level: 'MUST',
  verifies: ['LG-CON-008'],
  sentence: 'Those in the talent pool are listed as such, and nobody else.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (world) =>
    world.property(
      [fc.array(aTimeInPool(), { maxLength: 6 })],
      async (times) => {
        const home = await world.organization();
        const pooled = await fillPool(world, home, times);
        const wanted = idsOf(pooled, ({ seconds }) => seconds !== null && seconds > 0);
        for (const per_page of ['2', '100']) {
          const ids = await contactIdsIn(world, home, { pool: 'in_pool', per_page });
          expectEqual(ids, wanted, 'the ids of those in the pool');
        }
      },
      8,
    ),
  liar: overlookQuery('listContacts', 'pool'),
});
