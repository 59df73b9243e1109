import fc from 'fast-check';
import { refuseOtherwise } from '../../liars/other-refusals.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'dossiers/unknown-references',
  level: 'SHOULD',
  verifies: ['LG-DOS-027', 'LG-DOS-055'],
  sentence: 'A flow or a contact that does not exist is not found.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    const body = { type: 'sales' as const, name: 'Tulp Logistics' };
    await property(
      [fc.uuid({ version: 4 })],
      async (id) => {
        for (const field of ['flow_id', 'contact_id']) {
          const offence = { ...body, [field]: id };
          expect.refusal(await home.all.send('createDossier', { body: offence }), 404);
        }
        await home.createDossier(body);
      },
      3,
    );
  },
  liar: refuseOtherwise('createDossier', 404, 400, 'invalid_body'),
});
