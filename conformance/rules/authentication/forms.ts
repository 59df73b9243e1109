import { letIn } from '../../liars/access.ts';
import { isForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectFormRefused } from '../../world/form-access.ts';

export default defineRule({
  id: 'authentication/forms',
  level: 'MUST',
  verifies: ['LG-AUT-001', 'LG-AUT-005', 'LG-AUT-008', 'LG-AUT-020'],
  sentence: 'A form needs a valid key as any other request does, and does nothing without.',
  needs: ['fresh-organizations', 'expired-key'],
  check: async (world) => {
    const home = await world.organization();
    const unknown = (await home.key()).replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
    const late = await home.client({ expired: true });
    for (const client of [world.clientWith(undefined), world.clientWith(unknown), late]) {
      await expectFormRefused(world, home, client, 401);
    }
  },
  liar: letIn(401, isForm),
});
