import { aValueBeside } from '../../arbitraries/value-beside.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { aForm } from '../../world/form-access.ts';
import { bodyFields } from '../../world/schema-fields.ts';

/** The form of a dossier, with this changed in its fields. */
const changed = (change: (form: FormData) => void) => {
  const { body } = aForm('Noor Bakker');
  change(body as FormData);
  return { body };
};

export default defineRule({
  id: 'errors/form-fields',
  level: 'MUST',
  verifies: ['LG-ERR-013', 'LG-ERR-014'],
  sentence: 'A form that lacks a required field, or has an unknown value in it, is refused.',
  needs: [],
  check: async ({ contract, organization, property, expect }) => {
    const home = await organization();
    const send = (change: (form: FormData) => void) =>
      home.all.send('createDossier', changed(change));
    for (const { name, required, values } of bodyFields(contract, 'createDossier')) {
      if (!required) continue;
      expect.refusal(
        await send((form) => {
          form.delete(name);
        }),
        400,
      );
      if (!values) continue;
      await property([aValueBeside({ values, required })], async (value) => {
        const exchange = await send((form) => {
          form.set(name, value);
        });
        expect.refusal(exchange, 400);
      });
    }
    expect.success(await send(() => undefined));
  },
  // What isn't a sale is a candidate.
  liar: onForm(['createDossier'], (form) => {
    if (form.get('type') !== 'sales') form.set('type', 'candidate');
    return form;
  }),
});
