import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';

const fields = [
  { contact_person: 'Mark de Vries' },
  { deal_size: 62_000 },
  { deal_currency: 'EUR' },
];

export default defineRule({
  id: 'dossiers/sales-only-fields',
  level: 'SHOULD',
  verifies: ['LG-DOS-045'],
  sentence: 'A candidate takes no value in a field for sales only.',
  needs: [],
  check: async ({ organization, expect }) => {
    const home = await organization();
    for (const field of fields) {
      const body = { type: 'candidate', name: 'Noor Bakker', ...field };
      expect.refusal(await home.all.send('createDossier', { body }), 400);
      await home.createDossier({ type: 'sales', name: 'Noor Bakker', ...field });
    }
  },
  // A server that ignores them.
  liar: onSent(['createDossier'], ({ type, name, ...rest }) =>
    type === 'sales' ? { type, name, ...rest } : { type, name },
  ),
});
