import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';

const filters = [
  { operation: 'listDossiers', name: 'type' },
  { operation: 'listDossiers', name: 'status' },
  { operation: 'listDossiers', name: 'stage_id' },
  { operation: 'listFlows', name: 'type' },
] as const;

export default defineRule({
  id: 'dossiers/empty-filter',
  level: 'SHOULD',
  verifies: ['LG-GEN-025'],
  sentence: 'A filter with an empty value is refused as any other unknown value.',
  needs: [],
  check: async ({ organization, expect }) => {
    const { all } = await organization();
    for (const { operation, name } of filters) {
      expect.refusal(await all.send(operation, { query: { [name]: '' } }), 400);
      expect.success(await all.send(operation));
    }
  },
  liar: refuseNot(400),
});
