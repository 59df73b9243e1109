import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedForPlan } from '../../world/plan-refusal.ts';

export default defineRule({
  id: 'plans/free-plan',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-ERR-006'],
  sentence: 'A key of an organisation on the Free plan opens nothing.',
  needs: ['free-plan'],
  check: (world) => expectRefusedForPlan(world, 'free'),
  liar: letIn(402),
});
