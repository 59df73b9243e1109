import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/default-first',
  level: 'SHOULD',
  verifies: ['LG-FLO-008'],
  sentence: 'Default flows are listed first, and the others in the order of their creation.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ organization }) => {
    const home = await organization();
    const made: string[] = [];
    for (const draft of plainFlows(6)) {
      const is_default = made.length === 3;
      made.push((await home.createFlow({ ...draft, is_default })).id);
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
  liar: onPage(['listFlows'], ({ data }) => {
    data.reverse();
  }),
});
