import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

export default defineRule({
  id: 'authentication/expired-key',
  level: 'MUST',
  verifies: ['LG-AUT-008'],
  sentence: 'A key that has expired opens nothing any more.',
  needs: ['expired-key'],
  check: async (world) => {
    const organization = await world.organization();
    const late = await organization.client({ expired: true });
    for (const { id } of world.operations) {
      const send = late.send.bind(late, id);
      await expectRefusedBesideTwin(world, organization, id, send, [401]);
    }
  },
  liar: letIn(401),
});
