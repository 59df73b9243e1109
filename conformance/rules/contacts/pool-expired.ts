import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { expectPoolList } from '../../world/pool-list.ts';

export default defineRule({
  id: 'contacts/pool-expired',
  level: 'MUST',
  verifies: ['LG-CON-009'],
  sentence: 'Those whose time in the talent pool is over are listed as such, and nobody else.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (world) => expectPoolList(world, { pool: 'expired', holds: (seconds) => seconds < 0 }),
  // A server that looks who was put into the pool.
  liar: onDraft(({ url }) => {
    if (url.searchParams.has('pool')) url.searchParams.set('pool', 'in_pool');
  }),
});
