import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';
import { wrongTypesFor } from '../../world/wrong-values.ts';

export default defineRule({
  id: 'requests/wrong-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: 'A value of the wrong JSON type is refused, field by field.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    // Sales may have every field that a dossier can have.
    const right = { type: 'sales', name: 'Tulp Logistics' };
    // Values outside an enumeration are documented, whatever their type: LG-ERR-014.
    const fields = bodyFields(contract, 'createDossier').filter(({ values }) => !values);
    for (const field of fields) {
      for (const value of wrongTypesFor(field)) {
        const body = { ...right, [field.name]: value };
        expect.refusal(await home.all.send('createDossier', { body }), 400);
      }
    }
    expect.success(await home.all.send('createDossier', { body: right }));
  },
  // It makes text of numbers.
  liar: onFields((fields) => {
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'number' && name !== 'deal_size') fields[name] = String(value);
    }
  }),
});
