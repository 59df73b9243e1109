import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { createByForm, formOf } from '../../world/forms.ts';
import { expectKept, see } from '../../world/sightings.ts';

/** Amounts that no decision lets a server round or refuse. */
const amounts = [7, 1250, 62_000, 1250.5];

export default defineRule({
  id: 'cv/form-amount',
  level: 'MUST',
  verifies: ['LG-CV-005'],
  sentence: 'A form gives the size of a deal as text, and answers show it as a number.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const deal_size of amounts) {
      const form = formOf({ type: 'sales', name: 'Tulp Logistics', deal_currency: 'EUR' });
      form.set('deal_size', String(deal_size));
      const seen = await see(world, home, await createByForm(world, home, form));
      expectKept(seen, { deal_size }, ['retrieved', 'listed']);
    }
  },
  liar: onForm(['createDossier'], (form) => {
    form.set('deal_size', String(Number.parseInt(form.get('deal_size') as string)));
    return form;
  }),
});
