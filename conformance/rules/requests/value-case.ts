import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';

/** Other spellings of a value, such as `Sales` and `SALES` of `sales`. */
const spellings = (value: string): string[] => [
  value.charAt(0).toUpperCase() + value.slice(1),
  value.toUpperCase(),
];

export default defineRule({
  id: 'requests/value-case',
  level: 'SHOULD',
  verifies: ['LG-GEN-028'],
  sentence: 'Enumerated values are refused in another letter case.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    const known = bodyFields(contract, 'createDossier').find(({ name }) => name === 'type')?.values;
    for (const type of (known ?? []) as string[]) {
      const create = (spelling: string) =>
        home.all.send('createDossier', { body: { type: spelling, name: 'Noor Bakker' } });
      const list = (spelling: string) =>
        home.all.send('listDossiers', { query: { type: spelling } });
      for (const spelling of spellings(type)) {
        expect.refusal(await create(spelling), 400);
        expect.refusal(await list(spelling), 400);
      }
      expect.success(await create(type));
      expect.success(await list(type));
    }
  },
  liar: onFields((fields) => {
    fields['type'] = String(fields['type']).toLowerCase();
  }),
});
