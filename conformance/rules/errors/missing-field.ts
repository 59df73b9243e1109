import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'errors/missing-field',
  level: 'MUST',
  verifies: ['LG-ERR-013', 'LG-ERR-009'],
  sentence: 'A body that lacks any of its required fields is refused.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const { id } of operations) {
      const required = bodyFields(contract, id).filter((field) => field.required);
      for (const { name } of required) {
        const request = await home.prepare(id);
        const body = { ...(request.body as object), [name]: undefined };
        expect.refusal(await home.all.send(id, { ...request, body }), 400);
        expect.success(await home.all.send(id, request));
      }
    }
  },
  // It has a name for those without.
  liar: onFields((fields) => {
    fields['name'] ??= 'Unnamed';
  }),
});
