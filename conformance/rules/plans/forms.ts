import { letIn } from '../../liars/access.ts';
import { isForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { aForm } from '../../world/form-access.ts';
import { plansWithoutApi } from '../../world/plans.ts';

export default defineRule({
  id: 'plans/forms',
  level: 'MUST',
  verifies: ['LG-PLN-001', 'LG-PLN-002'],
  sentence: 'A form is refused for the plan as any other request is.',
  needs: ['free-plan', 'pro-plan'],
  check: async ({ contract, organization, expect }) => {
    const paying = await organization();
    for (const plan of plansWithoutApi(contract)) {
      const client = await (await organization({ plan })).client();
      expect.refusal(await client.send('createDossier', aForm('Noor Bakker')), 402);
      expect.success(await paying.all.send('createDossier', aForm('Noor Bakker')));
    }
  },
  liar: letIn(402, isForm),
});
