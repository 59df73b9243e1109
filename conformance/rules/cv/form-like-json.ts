import fc from 'fast-check';
import { anEmail } from '../../arbitraries/email.ts';
import { aPhone } from '../../arbitraries/phone.ts';
import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { dataOf, type Dossier, type NewDossier } from '../../world/organization.ts';
import { see } from '../../world/sightings.ts';

const longText = 'Zoë Çelik, '.repeat(90).trim();

/** Short, long and awkward texts in every text field of a candidate. */
const aCandidate = (): fc.Arbitrary<NewDossier> => {
  const text = fc.oneof(aText(), fc.constantFrom(...awkwardTexts, longText));
  const texts = { name: text, company: text, role: text, intake_notes: text };
  return fc.record({
    ...{ type: fc.constant('candidate' as const), email: anEmail(), phone: aPhone() },
    ...texts,
  });
};

/** What a short draft with every field is like. */
const plain: NewDossier = {
  ...{ type: 'candidate', name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Planner' },
  ...{
    email: 'noor@example.com',
    phone: '+31 6 12345678',
    intake_notes: 'Met at the fair.\nCalls back.',
  },
};

/** Line breaks in one form: of those in forms, clients make pairs. */
const withPlainBreaks = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value;

export default defineRule({
  id: 'cv/form-like-json',
  level: 'MUST',
  verifies: ['LG-CV-004'],
  sentence: 'What a form says is answered as what JSON says, field by field.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const compare = async (draft: NewDossier) => {
      // An organisation each, where no contact has the address yet.
      const [one, other] = [await world.organization(), await world.organization()];
      const exchange = await one.all.send('createDossier', { body: draft });
      // How long a text may be is a matter of decisions, which hold for forms as well.
      if (exchange.response.status >= 400) return;
      world.expect.success(exchange);
      const byJson = await see(world, one, dataOf(exchange.json) as Dossier);
      const byForm = await see(
        world,
        other,
        await createByForm(world, other, formOf(draft, aCv())),
      );
      for (const place of ['created', 'retrieved', 'listed'] as const) {
        const texts = ({ [place]: seen }: typeof byJson) =>
          Object.keys(draft).map((name) => [name, withPlainBreaks(seen[name as keyof Dossier])]);
        expectEqual(texts(byForm), texts(byJson), 'the same fields as after a JSON creation,');
      }
    };
    await compare(plain);
    await world.property([aCandidate()], compare, 8);
  },
  // A server that takes the documented example for the whole form.
  liar: onForm(['createDossier'], (form) => {
    form.delete('phone');
    return form;
  }),
});
