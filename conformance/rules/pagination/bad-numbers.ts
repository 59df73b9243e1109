import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { isPaged } from '../../world/page-sizes.ts';

export default defineRule({
  id: 'pagination/bad-numbers',
  level: 'SHOULD',
  verifies: ['LG-GEN-021'],
  sentence: 'A page number or size that is no whole number above zero is refused, by every list.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const operation of operations) {
      if (!isPaged(operation)) continue;
      const { id } = operation;
      const request = await home.prepare(id);
      const list = (name: string, value: string) =>
        home.all.send(id, { ...request, query: { [name]: value } });
      for (const name of ['page', 'per_page']) {
        for (const value of ['0', '-1', '1.5', 'two', '1e1', '0x10']) {
          expect.refusal(await list(name, value), 400);
        }
        expect.success(await list(name, '1'));
      }
    }
  },
  liar: refuseNot(400),
});
