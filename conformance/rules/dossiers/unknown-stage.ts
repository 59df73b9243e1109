import fc from 'fast-check';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';

export default defineRule({
  id: 'dossiers/unknown-stage',
  level: 'SHOULD',
  verifies: ['LG-DOS-010'],
  sentence: 'A stage that does not exist lists nothing.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    await property([fc.uuid({ version: 4 })], async (stage_id) => {
      const exchange = await home.all.send('listDossiers', { query: { stage_id } });
      expect.success(exchange);
      expectEqual(pageOf(exchange).items, [], 'the dossiers in no stage');
      expectEqual(pageOf(exchange).total, 0, 'meta.total');
    });
  },
  liar: overlookQuery('listDossiers', 'stage_id'),
});
