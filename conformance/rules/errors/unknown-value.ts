import { aValueBeside } from '../../arbitraries/value-beside.ts';
import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'errors/unknown-value',
  level: 'MUST',
  verifies: ['LG-ERR-014'],
  sentence: 'A text outside the enumeration of its field is refused.',
  needs: [],
  check: async ({ contract, operations, organization, property, expect }) => {
    const home = await organization();
    for (const { id } of operations) {
      for (const { name, values } of bodyFields(contract, id)) {
        if (!values) continue;
        await property([aValueBeside(values)], async (value) => {
          const request = await home.prepare(id);
          const body = { ...(request.body as object), [name]: value };
          expect.refusal(await home.all.send(id, { ...request, body }), 400);
          expect.success(await home.all.send(id, request));
        });
      }
    }
  },
  // What isn't a sale is a candidate.
  liar: onFields((fields) => {
    if (fields['type'] !== 'sales') fields['type'] = 'candidate';
  }),
});
