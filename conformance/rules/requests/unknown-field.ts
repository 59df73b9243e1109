import fc from 'fast-check';
import { refuseStrangers } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';

/** A name that no contract has. */
const aStrangeName = () => fc.stringMatching(/^x_[a-z]{1,12}$/);

export default defineRule({
  id: 'requests/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: 'Body fields that the contract does not name are ignored.',
  needs: [],
  check: async ({ property, organization, expect }) => {
    const home = await organization();
    await property(
      [fc.dictionary(aStrangeName(), fc.jsonValue(), { minKeys: 1 })],
      async (extra) => {
        const body = { ...extra, type: 'candidate', name: 'Noor Bakker' };
        const exchange = await home.all.send('createDossier', { body });
        expect.success(exchange);
        const answered = Object.keys(dataOf(exchange.json) as object);
        const kept = answered.filter((name) => name in extra);
        expectThat(kept.length === 0, 'nothing of the unknown fields in the answer', () => kept);
      },
    );
  },
  liar: refuseStrangers,
});
