import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { flowsOf, stagesOf, type Stage } from '../../world/flows.ts';

export default defineRule({
  id: 'flows/figure-forms',
  level: 'SHOULD',
  verifies: ['LG-FLO-013', 'LG-FLO-014', 'LG-FLO-015'],
  sentence: 'Deadlines are whole days, chances are per cent, and colours are written #RRGGBB.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, stages } of (await flowsOf(home)).slice(0, 20)) {
      for (const stage of [...stages, ...(await stagesOf(world, home, id))]) {
        const days = stage.deadline_days ?? 0;
        expectThat(Number.isInteger(days) && days >= 0, 'deadline_days in whole days', () => stage);
        const chance = stage.win_probability ?? 0;
        expectThat(chance >= 0 && chance <= 100, 'win_probability from 0 to 100', () => stage);
        const color = stage.color ?? '#FFFFFF';
        expectThat(/^#[0-9A-F]{6}$/i.test(color), 'a color of the form #RRGGBB', () => stage);
      }
    }
  },
  // A server with the colours of style sheets.
  liar: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) stage.color = 'tomato';
  }),
});
