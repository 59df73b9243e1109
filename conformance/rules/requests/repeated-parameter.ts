import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { queryValues } from '../../world/query-values.ts';

export default defineRule({
  id: 'requests/repeated-parameter',
  level: 'SHOULD',
  verifies: ['LG-GEN-026'],
  sentence: 'A query parameter that takes one value is refused when it is given twice.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const { id, parameters } of operations) {
      for (const parameter of parameters.filter((one) => one.in === 'query')) {
        const values = queryValues(contract, parameter);
        if (values === undefined) continue;
        const [first, second] = values;
        const request = await home.prepare(id);
        const ask = (...given: string[]) =>
          home.all.send(id, { ...request, query: { [parameter.name]: given } });
        expect.refusal(await ask(first, second), 400);
        expect.refusal(await ask(first, first), 400);
        expect.success(await ask(first));
      }
    }
  },
  // The last one counts.
  liar: onDraft(({ url }) => {
    for (const [name, value] of [...url.searchParams]) url.searchParams.set(name, value);
  }),
});
