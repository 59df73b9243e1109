import { anAmount } from '../../arbitraries/amount.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { createByForm, formOf } from '../../world/forms.ts';
import { expectKept, see } from '../../world/sightings.ts';

export default defineRule({
  id: 'cv/form-amount',
  level: 'SHOULD',
  verifies: ['LG-CV-005'],
  sentence: 'A form writes the size of a deal as text, and the answer as a number.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [anAmount()],
      async (deal_size) => {
        const deal = { deal_size, deal_currency: 'EUR' };
        const form = formOf({ type: 'sales', name: 'Tulp Logistics', ...deal });
        const seen = await see(world, home, await createByForm(world, home, form));
        expectKept(seen, deal, ['retrieved', 'listed']);
      },
      5,
    );
  },
  liar: onForm(['createDossier'], (form) => {
    form.set('deal_size', String(Number.parseInt(form.get('deal_size') as string)));
    return form;
  }),
});
