import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { createByForm, formOf } from '../../world/forms.ts';

/** What is no number as JSON writes them, though some would make one of it. */
const others = ['', ' ', 'much', '0x10', '1.250,50', '12 EUR', 'EUR 12', '5.', 'Infinity'];

export default defineRule({
  id: 'cv/no-amount',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: 'The size of a deal in a form is refused when its text is no number.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const formWith = (deal_size: string) => {
      const form = formOf({ type: 'sales', name: 'Tulp Logistics', deal_currency: 'EUR' });
      form.set('deal_size', deal_size);
      return form;
    };
    for (const text of others) {
      const exchange = await home.all.send('createDossier', { body: formWith(text) });
      world.expect.refusal(exchange, 400);
    }
    await createByForm(world, home, formWith('12'));
  },
  // It reads as far as it can.
  liar: onForm(['createDossier'], (form) => {
    const text = form.get('deal_size');
    const amount = typeof text === 'string' ? Number.parseFloat(text) : NaN;
    if (!Number.isNaN(amount)) form.set('deal_size', String(amount));
    return form;
  }),
});
