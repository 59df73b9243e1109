import fc from 'fast-check';
import { anEmail } from '../../arbitraries/email.ts';
import { aPhone } from '../../arbitraries/phone.ts';
import { aText } from '../../arbitraries/text.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import type { NewDossier } from '../../world/organization.ts';
import { everywhere, expectKept, see } from '../../world/sightings.ts';

/** The text fields of either type, but for the currency, which belongs to an amount. */
const aForm = () => {
  const details = { email: anEmail(), phone: aPhone(), role: aText(), intake_notes: aText() };
  const common = { name: aText(), company: aText(), ...details };
  return fc.oneof(
    fc.record({ type: fc.constant('candidate' as const), ...common }),
    fc.record({ type: fc.constant('sales' as const), ...common, contact_person: aText() }),
  );
};

/** A short one of each. */
const plain = {
  ...{
    name: 'Zoë Çelik',
    company: 'Tulp & Co. + Söhne',
    role: 'Planner',
    email: 'zoe@example.com',
  },
  ...{ phone: '+31 6 12345678', intake_notes: 'Met at the fair.' },
};

export default defineRule({
  id: 'cv/form-fields',
  level: 'MUST',
  verifies: ['LG-CV-004'],
  sentence: 'The text fields of a form mean what they mean in JSON.',
  needs: [],
  check: async (world) => {
    const compare = async (drafted: NewDossier, withFile: boolean) => {
      const home = await world.organization();
      const draft = await withUnusedEmail(world, home, drafted);
      const [assigned_to] = home.members;
      const fields = assigned_to === undefined ? draft : { ...draft, assigned_to };
      const form = formOf(fields, ...(withFile ? [aCv()] : []));
      const seen = await see(world, home, await createByForm(world, home, form));
      expectKept(seen, { type: draft.type, name: draft.name }, everywhere);
      const { company, contact_person } = draft;
      const listed = { company, ...(contact_person && { contact_person }) };
      expectKept(seen, { ...listed, ...(assigned_to && { assigned_to }) }, ['listed']);
      expectKept(seen, fields);
    };
    for (const withFile of [true, false]) {
      await compare({ type: 'candidate', ...plain }, withFile);
      await compare({ type: 'sales', ...plain, contact_person: 'Mark Visser' }, withFile);
    }
    await world.property([fc.tuple(aForm(), fc.boolean())], ([form, withFile]) =>
      compare(form, withFile),
    );
  },
  liar: onForm(['createDossier'], (form) => {
    form.delete('company');
    return form;
  }),
});
