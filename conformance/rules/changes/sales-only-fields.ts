import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';

const fields = [
  { contact_person: 'Mark de Vries' },
  { deal_size: 62_000 },
  { deal_currency: 'EUR' },
];

export default defineRule({
  id: 'changes/sales-only-fields',
  level: 'SHOULD',
  verifies: ['LG-DOS-089'],
  sentence: 'A candidate is given no value in a field for sales only, alone or beside others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const candidate = await home.createDossier({ type: 'candidate', name: 'No sale' });
    const sale = await home.createDossier({ type: 'sales', name: 'A sale' });
    for (const field of fields) {
      for (const body of [field, { ...field, name: 'Noor Bakker' }]) {
        const path = { id: candidate.id };
        world.expect.refusal(await home.all.send('updateDossier', { path, body }), 400);
        await change(world, home, sale.id, body);
      }
    }
  },
  // A server that overlooks one of them.
  liar: onSent(['updateDossier'], (body) => ({ ...body, contact_person: undefined })),
});
