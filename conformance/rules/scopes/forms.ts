import { letIn } from '../../liars/access.ts';
import { isForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectFormRefused } from '../../world/form-access.ts';

export default defineRule({
  id: 'scopes/forms',
  level: 'MUST',
  verifies: ['LG-AUT-018', 'LG-AUT-020', 'LG-AUT-030'],
  sentence: 'A form needs the scope that JSON needs, and does nothing without.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const needed = new Set(world.contract.operations.createDossier.scopes);
    const scopes = world.contract.scopes.filter((scope) => !needed.has(scope));
    await expectFormRefused(world, home, await home.client({ scopes }), 403);
  },
  liar: letIn(403, isForm),
});
