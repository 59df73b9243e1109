import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'plans/growth-plan',
  level: 'MUST',
  verifies: ['LG-PLN-003', 'LG-GEN-001'],
  sentence: 'An organisation on the Growth plan may use every operation.',
  needs: [],
  check: async ({ organization, operations, expect }) => {
    const home = await organization();
    for (const { id } of operations) {
      expect.success(await home.all.send(id, await home.prepare(id)));
    }
  },
  liar: refuse(402, 'plan_required', (request) => request.url.includes('/flows')),
});
