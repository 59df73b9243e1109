import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';

const filters = [
  { operation: 'listDossiers', name: 'type', sound: 'sales' },
  { operation: 'listDossiers', name: 'status', sound: 'won' },
  { operation: 'listFlows', name: 'type', sound: 'sales' },
] as const;

export default defineRule({
  id: 'dossiers/unknown-filter',
  level: 'SHOULD',
  verifies: ['LG-GEN-024'],
  sentence: 'A filter with a value that is not documented is refused.',
  needs: [],
  check: async ({ organization, expect }) => {
    const { all } = await organization();
    for (const { operation, name, sound } of filters) {
      for (const value of ['lead', `${sound}s`, `${sound},${sound}`]) {
        expect.refusal(await all.send(operation, { query: { [name]: value } }), 400);
      }
      expect.success(await all.send(operation, { query: { [name]: sound } }));
    }
  },
  liar: refuseNot(400),
});
