import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectPoolList } from '../../world/pool-list.ts';

export default defineRule({
  id: 'contacts/in-pool',
  level: 'MUST',
  verifies: ['LG-CON-008'],
  sentence: 'Those in the talent pool are listed as such, and nobody else.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (world) => expectPoolList(world, { pool: 'in_pool', holds: (seconds) => seconds > 0 }),
  liar: overlookQuery('listContacts', 'pool'),
});
