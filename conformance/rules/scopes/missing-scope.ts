import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

export default defineRule({
  id: 'scopes/missing-scope',
  level: 'MUST',
  verifies: [
    'LG-AUT-018',
    'LG-AUT-019',
    'LG-AUT-029',
    'LG-AUT-030',
    'LG-AUT-031',
    'LG-AUT-032',
    'LG-AUT-034',
    'LG-AUT-035',
    'LG-AUT-036',
    'LG-AUT-037',
    'LG-AUT-038',
    'LG-AUT-039',
    'LG-AUT-040',
    'LG-AUT-041',
    'LG-AUT-042',
    'LG-AUT-043',
    'LG-AUT-044',
    'LG-AUT-045',
    'LG-AUT-046',
    'LG-AUT-047',
    'LG-ERR-007',
  ],
  sentence: 'A key with every scope but one that the operation needs is forbidden to use it.',
  needs: ['scoped-keys'],
  check: async (world) => {
    const organization = await world.organization();
    for (const { id, scopes } of world.operations) {
      for (const needed of scopes) {
        const others = world.contract.scopes.filter((scope) => scope !== needed);
        const client = await organization.client({ scopes: others });
        const send = client.send.bind(client, id);
        await expectRefusedBesideTwin(world, organization, id, send, [403]);
      }
    }
  },
  liar: letIn(403),
});
