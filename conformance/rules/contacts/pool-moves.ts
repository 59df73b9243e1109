import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { expectContactNotListed, findListedContact } from '../../world/contact-list.ts';
import { createContact, deleteContact } from '../../world/contacts.ts';

const day = 86_400;

export default defineRule({
  id: 'contacts/pool-moves',
  level: 'MUST',
  verifies: ['LG-CON-008', 'LG-CON-009', 'LG-CON-010', 'LG-CON-074'],
  sentence:
    'Who enters the talent pool, leaves it, comes back or is deleted is listed accordingly.',
  needs: ['talent-pool'],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const expectNeverPooled = async () => {
      await home.setPoolWindow(id, null);
      for (const pool of ['in_pool', 'expired']) {
        await expectContactNotListed(world, home, id, { pool });
      }
    };
    await expectNeverPooled();
    for (const seconds of [2 * day, -2 * day, 400 * day, 3 * day, -400 * day]) {
      await home.setPoolWindow(id, seconds);
      const [pool, other] = seconds > 0 ? ['in_pool', 'expired'] : ['expired', 'in_pool'];
      await findListedContact(world, home, id, { pool });
      await expectContactNotListed(world, home, id, { pool: other });
      await findListedContact(world, home, id);
    }
    await expectNeverPooled();
    for (const seconds of [day, -2 * day]) {
      const gone = await createContact(world, home, { full_name: 'Iris' });
      await home.setPoolWindow(gone.id, seconds);
      await deleteContact(world, home, gone.id);
      for (const pool of ['in_pool', 'expired']) {
        await expectContactNotListed(world, home, gone.id, { pool });
      }
    }
  },
  liar: neverLookAgain(),
});
