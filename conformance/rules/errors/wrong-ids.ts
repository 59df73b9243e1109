import { crashOn } from '../../liars/crashes.ts';
import { defineRule } from '../../rule.ts';
import { expectNoFailures, type WrongRequest } from '../../world/clients-errors.ts';

/** What no id could look like; gateways let each of them through, or refuse it themselves. */
const malformed: readonly string[] = [
  ...['none', '0', '-1', 'null', "' or 1=1 --", '5f0c9a52-1d3e-4b7a-9c46', 'x'.repeat(300)],
];

export default defineRule({
  id: 'errors/wrong-ids',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'An id in a path that no id could look like is no failure of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, parameters } of world.operations) {
      const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      if (names.length === 0) continue;
      const request = await home.prepare(id);
      const wrong = names.flatMap((name) =>
        malformed.map((value): WrongRequest => ({
          ...{ ...request, path: { ...request.path, [name]: value } },
          wrong: `${JSON.stringify(value.slice(0, 40))} as ${name} in its path`,
        })),
      );
      await expectNoFailures(world, home, id, wrong);
    }
  },
  liar: crashOn(({ operation, url }) => operation === 'getContact' && url.pathname.endsWith('/0')),
});
