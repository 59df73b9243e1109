import { crashOn } from '../../liars/crashes.ts';
import { defineRule } from '../../rule.ts';
import { expectNoFailures, type WrongRequest } from '../../world/clients-errors.ts';
import { bodyFields, type Field } from '../../world/schema-fields.ts';

/** Values of other types, texts that no reference can be, and texts that no UTF-8 can hold. */
const wrongValues = ({ types }: Field): unknown[] => {
  const others = [{}, [null], ...(types.has('null') ? [] : [null])];
  if (types.has('string')) return [...others, 5, 'none\0', '\uD800'];
  return [...others, 'none', ...(types.has('boolean') ? [5] : [true])];
};

export default defineRule({
  id: 'errors/wrong-members',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence:
    'A member of a body that has the wrong type or an odd value is no failure of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, body: media } of world.operations) {
      if (!('application/json' in media)) continue;
      const request = await home.prepare(id);
      const right = request.body as object;
      const send = (name: string, value: unknown): WrongRequest => ({
        ...{ ...request, body: { ...right, [name]: value } },
        wrong: `${JSON.stringify(value)} as ${name}`,
      });
      const wrong = bodyFields(world.contract, id).flatMap((field) =>
        wrongValues(field).map((value) => send(field.name, value)),
      );
      const nameless = ['', '__proto__', 'toString'].map((name) => send(name, { name: 5 }));
      await expectNoFailures(world, home, id, [...wrong, ...nameless]);
    }
  },
  liar: crashOn(({ operation, json }) => {
    const { notes } = (json ?? {}) as { notes?: unknown };
    return operation === 'updateContact' && typeof notes === 'number';
  }),
});
