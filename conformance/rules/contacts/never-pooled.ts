import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { contactIdsIn } from '../../world/contact-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { fillPool, idsOf } from '../../world/talent-pool.ts';

const month = 2_592_000;

export default defineRule({
  id: 'contacts/never-pooled',
  level: 'MUST',
  verifies: ['LG-CON-010'],
  sentence: 'Who never was in the talent pool is neither in it nor expired.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (world) => {
    const home = await world.organization();
    const pooled = await fillPool(world, home, [null, month, -month, null, month]);
    const last = pooled.at(-1);
    // One whose window is taken back never was there either.
    if (last) await home.setPoolWindow(last.contact.id, null);
    const expired = idsOf(pooled, ({ seconds }) => seconds === -month);
    const inside = idsOf(pooled.slice(0, -1), ({ seconds }) => seconds === month);
    expectEqual(await contactIdsIn(world, home, { pool: 'expired' }), expired, 'who is expired');
    expectEqual(await contactIdsIn(world, home, { pool: 'in_pool' }), inside, 'who is inside');
  },
  // A server to which expired is who isn't inside.
  liar: onDraft(({ url }) => {
    if (url.searchParams.get('pool') === 'expired') url.searchParams.delete('pool');
  }),
});
