import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

/** Out of order by name and by type, forwards and backwards. */
const names = ['Nieuw', 'bestaand', 'Werving', 'Account', 'Zij-instroom', 'Herplaatsing', 'Elders'];
const types = ['sales', 'candidate', 'candidate', 'sales', 'candidate', 'sales', 'candidate'];

export default defineRule({
  id: 'flows/default-first',
  level: 'SHOULD',
  verifies: ['LG-FLO-008'],
  sentence: 'Default flows are listed first, and the others in the order of their creation.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ organization }) => {
    const home = await organization();
    const made: string[] = [];
    for (const [index, name] of names.entries()) {
      const type = types[index] ?? 'sales';
      const stages = Array.from({ length: 1 + (index % 3) }, (_, at) => ({
        name: `Stage ${String(at)}`,
      }));
      // The second of these takes the place of the first, which is changed by it.
      const is_default = index === 1 || index === 4;
      made.push((await home.createFlow({ name, type, is_default, stages })).id);
    }
    const flows = await flowsOf(home);
    const first = flows.findIndex((flow) => !flow.is_default);
    const ranks = flows.map((flow) => flow.is_default);
    expectEqual(ranks.lastIndexOf(true), first - 1, 'the place of the last default flow');
    const others = flows.filter((flow) => !flow.is_default && made.includes(flow.id));
    const expected = made.filter((id) => others.some((flow) => flow.id === id));
    const ids = others.map(({ id }) => id);
    expectEqual(ids, expected, 'the other flows in the order of their creation');
  },
  // A server that lists the others by their names.
  liar: onPage(['listFlows'], ({ data }) => {
    const keyOf = (flow: (typeof data)[number]) =>
      `${flow['is_default'] === true ? 0 : 1} ${String(flow['name'])}`;
    data.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }),
});
