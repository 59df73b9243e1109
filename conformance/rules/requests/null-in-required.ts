import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'requests/null-in-required',
  level: 'SHOULD',
  verifies: ['LG-GEN-036'],
  sentence: 'Null in a required field of a creation is refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    const right = { type: 'candidate', name: 'Noor Bakker' };
    for (const { name } of bodyFields(contract, 'createDossier').filter((one) => one.required)) {
      const body = { ...right, [name]: null };
      expect.refusal(await home.all.send('createDossier', { body }), 400);
    }
    expect.success(await home.all.send('createDossier', { body: right }));
  },
  // It makes text of null.
  liar: onFields((fields) => {
    fields['name'] = String(fields['name']);
  }),
});
