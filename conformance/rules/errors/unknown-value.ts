import { aValueBeside } from '../../arbitraries/value-beside.ts';
import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { enumeratedFields } from '../../world/enumerations.ts';

export default defineRule({
  id: 'errors/unknown-value',
  level: 'MUST',
  verifies: ['LG-ERR-014'],
  sentence: 'A text outside the enumeration of its field is refused.',
  needs: [],
  check: async ({ contract, operations, organization, property, expect }) => {
    const home = await organization();
    for (const operation of operations) {
      const { id } = operation;
      const expectRefused = async (name: string, value: unknown) => {
        const request = await home.prepare(id);
        const body = { ...(request.body as object), [name]: value };
        expect.refusal(await home.all.send(id, { ...request, body }), 400);
        expect.success(await home.all.send(id, request));
      };
      for (const field of enumeratedFields(contract, operation)) {
        const { name, several } = field;
        const [known] = field.values;
        await property([aValueBeside(field)], async (value) => {
          // Where there may be several, each of them counts, wherever it stands.
          const wrong = several ? [[value], [known, value], [value, known]] : [value];
          for (const one of wrong) await expectRefused(name, one);
        });
      }
    }
  },
  // What isn't a sale is a candidate.
  liar: onFields((fields) => {
    if (fields['type'] !== 'sales') fields['type'] = 'candidate';
  }),
});
