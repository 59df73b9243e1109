import { crashOn } from '../../liars/crashes.ts';
import { defineRule } from '../../rule.ts';
import { expectNoFailures, type WrongRequest } from '../../world/clients-errors.ts';

/** What is no number above zero, no id, and no value of an enumeration. */
const values: readonly string[] = [
  ...['', 'none', '-1', '1.5', '99999999999999999999999', 'null', '\0', "' or 1=1 --", '%_\\'],
];

/** Ways to write a parameter that some servers read as a list or an object. */
const spellings: readonly ((name: string) => string)[] = [
  (name) => `${name}[]`,
  (name) => `${name}[a]`,
  (name) => `${name}.a`,
];

export default defineRule({
  id: 'errors/wrong-queries',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'A query with an odd value, or with a parameter twice, is no failure of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, parameters } of world.operations) {
      const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
      if (names.length === 0) continue;
      const request = await home.prepare(id);
      const send = (name: string, value: string | readonly string[]): WrongRequest => ({
        ...{ ...request, query: { [name]: value } },
        wrong: `${name}=${[value].flat().join()}`,
      });
      const wrong = names.flatMap((name) => [
        ...values.map((value) => send(name, value)),
        ...spellings.map((spell) => send(spell(name), 'none')),
        send(name, ['none', '1']),
      ]);
      await expectNoFailures(world, home, id, wrong);
    }
  },
  liar: crashOn(({ operation, url }) => {
    const size = url.searchParams.get('per_page');
    return operation === 'listContacts' && size !== null && !/^\d+$/.test(size);
  }),
});
