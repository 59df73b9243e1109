import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'pagination/bad-numbers',
  level: 'SHOULD',
  verifies: ['LG-GEN-021'],
  sentence: 'A page number or size that is no whole number above zero is refused.',
  needs: [],
  check: async ({ organization, expect }) => {
    const home = await organization();
    for (const name of ['page', 'per_page']) {
      for (const value of ['0', '-1', '1.5', 'two', '1e1', '0x10']) {
        const query = { [name]: value };
        expect.refusal(await home.all.send('listDossiers', { query }), 400);
      }
      expect.success(await home.all.send('listDossiers', { query: { [name]: '1' } }));
    }
  },
  liar: refuseNot(400),
});
