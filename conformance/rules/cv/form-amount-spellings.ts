import { anAmount } from '../../arbitraries/amount.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { createByForm, formOf } from '../../world/forms.ts';
import { expectKept, see } from '../../world/sightings.ts';

/** Numbers as JSON writes them. */
const spellings = ['0', '19.99', '1e3', '1E+10', '25e-1'];

export default defineRule({
  id: 'cv/form-amount-spellings',
  level: 'SHOULD',
  verifies: ['LG-DOS-049'],
  sentence: 'A form keeps every digit of the size of a deal, however the number is written.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const expectAmount = async (text: string, deal_size: number) => {
      const form = formOf({ type: 'sales', name: 'Tulp Logistics', deal_currency: 'EUR' });
      form.set('deal_size', text);
      const seen = await see(world, home, await createByForm(world, home, form));
      expectKept(seen, { deal_size }, ['retrieved', 'listed']);
    };
    for (const text of spellings) await expectAmount(text, Number(text));
    await world.property([anAmount()], (amount) => expectAmount(String(amount), amount), 5);
  },
  // A server that reads exponents no further than their sign.
  liar: onForm(['createDossier'], (form) => {
    form.set(
      'deal_size',
      String(Number.parseFloat((form.get('deal_size') as string).split(/e/i)[0] ?? '')),
    );
    return form;
  }),
});
