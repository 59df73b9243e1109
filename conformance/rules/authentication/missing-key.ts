import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

export default defineRule({
  id: 'authentication/missing-key',
  level: 'MUST',
  verifies: ['LG-AUT-001', 'LG-AUT-002', 'LG-ERR-005'],
  sentence: 'No operation is open to a request without a key.',
  needs: [],
  check: async (world) => {
    const organization = await world.organization();
    const nobody = world.clientWith(undefined);
    for (const { id } of world.operations) {
      const send = nobody.send.bind(nobody, id);
      await expectRefusedBesideTwin(world, organization, id, send, [401]);
    }
  },
  liar: letIn(401, (request) => !request.headers.has('authorization')),
});
