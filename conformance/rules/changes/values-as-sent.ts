import { anExactAmount } from '../../arbitraries/amount.ts';
import { aTextOf } from '../../arbitraries/long-text.ts';
import { anUnkemptText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSee } from '../../world/changes.ts';
import { expectEqual } from '../../world/expectations.ts';
import { freeTexts } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'changes/values-as-sent',
  level: 'SHOULD',
  verifies: ['LG-DOS-042', 'LG-DOS-049', 'LG-GEN-040', 'LG-GEN-041', 'LG-GEN-042'],
  sentence:
    'A change keeps texts to the last character, empty or long, and sizes to the last digit.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const deal = { deal_size: 1, deal_currency: 'EUR' };
    const { id } = await home.createDossier({ type: 'sales', name: 'To be kept', ...deal });
    const keep = async (name: string, text: string, deal_size: number) => {
      const fields = freeTexts(world.contract, 'updateDossier');
      const texts = Object.fromEntries(fields.map((field) => [field, text]));
      const sent = { name, ...texts, deal_size };
      const seen = await changeAndSee(world, home, id, sent);
      for (const shown of [seen.answered, seen.retrieved, seen.listed]) {
        for (const [field, value] of Object.entries(sent)) {
          expectEqual(shown[field as keyof typeof shown], value, `${field} as sent,`);
        }
      }
    };
    await keep('Empty', '', 0);
    await keep('Long', aTextOf(60_001, 'Noor Bakker'), 0);
    await world.property([anUnkemptText(), anUnkemptText(), anExactAmount()], keep);
  },
  liar: onSent(['updateDossier'], (body) => ({ ...body, name: String(body['name']).trim() })),
});
