import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

/** In seconds; wherever the day ends, it has ended since. */
const aDayAndAnHour = 25 * 3_600;

export default defineRule({
  id: 'authentication/long-expired',
  level: 'MUST',
  verifies: ['LG-AUT-008'],
  sentence: 'A key opens nothing once the day of its expiry is over.',
  needs: ['expiring-keys'],
  check: async (world) => {
    const organization = await world.organization();
    const late = await organization.client({ expiresIn: -aDayAndAnHour });
    for (const { id } of world.operations) {
      const send = late.send.bind(late, id);
      await expectRefusedBesideTwin(world, organization, id, send, [401]);
    }
  },
  liar: letIn(401),
});
