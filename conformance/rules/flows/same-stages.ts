import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { flowsOf, type Stage } from '../../world/flows.ts';
import type { Flow } from '../../world/organization.ts';
import { pageOf } from '../../world/pages.ts';

const gist = (stages: readonly Stage[]) =>
  stages.map(({ id, name, position }) => ({ id, name, position }));

export default defineRule({
  id: 'flows/same-stages',
  level: 'MUST',
  verifies: ['LG-FLO-003', 'LG-FLO-017', 'LG-FLO-018', 'LG-FLO-019', 'LG-GEN-014'],
  sentence: 'The stages of a flow are the same, counted and in order, by themselves and nested.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flows: readonly Flow[] = await flowsOf(home);
    for (const { id, stages } of flows.slice(0, 20)) {
      const exchange = await home.all.send('listFlowStages', { path: { id } });
      world.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      const alone = items as readonly Stage[];
      expectEqual(gist(alone), gist(stages), `the stages of the flow ${id}`);
      const sorted = [...alone].sort((a, b) => a.position - b.position);
      expectEqual(gist(alone), gist(sorted), `the stages of the flow ${id} by position`);
      expectEqual(total, stages.length, 'meta.total');
    }
  },
  // A server with a page size for stages too.
  liar: onAnswer(['listFlowStages'], (answer) => {
    (answer.body as { data: unknown[] }).data.splice(3);
  }),
});
