import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { enumeratedFields, enumeratedParameters } from '../../world/enumerations.ts';

/** Other spellings of a value, such as `Sales` and `SALES` of `sales`. */
const spellings = (value: string): string[] => [
  value.charAt(0).toUpperCase() + value.slice(1),
  value.toUpperCase(),
];

export default defineRule({
  id: 'requests/value-case',
  level: 'SHOULD',
  verifies: ['LG-GEN-028'],
  sentence: 'Enumerated values are refused in another letter case, in bodies and in filters.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const operation of operations) {
      const { id } = operation;
      const request = await home.prepare(id);
      for (const { name, values, several } of enumeratedFields(contract, operation)) {
        for (const spelling of values.flatMap(spellings)) {
          const body = { ...(request.body as object), [name]: several ? [spelling] : spelling };
          expect.refusal(await home.all.send(id, { ...request, body }), 400);
        }
      }
      for (const { name, values } of enumeratedParameters(contract, operation)) {
        for (const value of values) {
          for (const spelling of spellings(value)) {
            const query = { [name]: spelling };
            expect.refusal(await home.all.send(id, { ...request, query }), 400);
          }
          expect.success(await home.all.send(id, { ...request, query: { [name]: value } }));
        }
      }
      expect.success(await home.all.send(id, request));
    }
  },
  liar: onFields((fields) => {
    fields['type'] = String(fields['type']).toLowerCase();
  }),
});
