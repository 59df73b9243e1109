import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'dossiers/currency-form',
  level: 'SHOULD',
  verifies: ['LG-DOS-046'],
  sentence: 'A currency that is not three capital letters is refused.',
  needs: [],
  check: async ({ organization, expect }) => {
    const home = await organization();
    const deal = { type: 'sales' as const, name: 'Tulp Logistics', deal_size: 62_000 };
    for (const deal_currency of ['eur', 'Eur', 'EURO', 'EU', '€', '978', ' EUR', 'ÉUR']) {
      const body = { ...deal, deal_currency };
      expect.refusal(await home.all.send('createDossier', { body }), 400);
    }
    // Whether a code is in use isn't asked.
    for (const deal_currency of ['EUR', 'QQQ'])
      await home.createDossier({ ...deal, deal_currency });
  },
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    deal_currency: String(body['deal_currency']).toUpperCase(),
  })),
});
