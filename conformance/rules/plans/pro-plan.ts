import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedForPlan } from '../../world/plan-refusal.ts';

export default defineRule({
  id: 'plans/pro-plan',
  level: 'MUST',
  verifies: ['LG-PLN-002', 'LG-ERR-006'],
  sentence: 'A key of an organisation on the Pro plan opens nothing.',
  needs: ['pro-plan'],
  check: (world) => expectRefusedForPlan(world, 'pro'),
  liar: letIn(402),
});
