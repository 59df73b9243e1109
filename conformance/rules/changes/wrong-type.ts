import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { bodyFields } from '../../world/schema-fields.ts';
import { wrongTypesFor } from '../../world/wrong-values.ts';

export default defineRule({
  id: 'changes/wrong-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: 'A change with a value of the wrong JSON type is refused, field by field.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'To be changed' });
    for (const field of bodyFields(world.contract, 'updateDossier')) {
      for (const value of wrongTypesFor(field)) {
        const body = { [field.name]: value };
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        world.expect.refusal(refused, 400);
      }
    }
    await change(world, home, id, { name: 'Changed' });
  },
  // It makes text of numbers.
  liar: onFields((fields) => {
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'number' && name !== 'deal_size') fields[name] = String(value);
    }
  }),
});
