import fc from 'fast-check';
import { aLongFlow } from '../../arbitraries/flow.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { firstStageOf, makeFlow, type FlowDraft } from '../../world/flows.ts';
import type { Flow } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';

/** Sorts positions as text, so that 10 comes before 2. */
const positionsAsText: Liar = (fetch, name) => {
  const firsts = new Map<unknown, string>();
  const look = onData(['listFlows'], (data) => {
    const { stages } = data as unknown as Flow;
    const byText = [...stages].sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1));
    firsts.set(stages[0]?.id, byText[0]?.id ?? '');
  });
  const bend = onData(['createDossier'], (dossier) => {
    const { current_stage_id: stage } = dossier;
    dossier['current_stage_id'] = firsts.get(stage) ?? stage;
  });
  return bend(look(fetch, name), name);
};

/** What comes first by place, name, deadline, chance or text of its position isn't the lowest. */
const flows: readonly FlowDraft['stages'][] = [
  [
    { name: 'Intake', position: 12, win_probability: 10, deadline_days: 9 },
    { name: 'Selectie', position: 2, win_probability: 20, deadline_days: 30 },
    { name: 'Zoeken', position: 30, win_probability: 5, deadline_days: 12 },
    { name: 'Aanbod', position: 10, win_probability: 90, deadline_days: 2 },
  ],
  [
    { name: 'Won', position: 9, win_probability: 100, deadline_days: 8 },
    { name: 'Quote', position: 5, win_probability: 40, deadline_days: 1 },
    { name: 'Talk', position: 0, win_probability: 60, deadline_days: 7 },
    { name: 'Archive', position: 12, win_probability: 0, deadline_days: 10 },
  ],
  [
    { name: '2. Talk', position: 100, win_probability: 8, deadline_days: 3 },
    { name: '10. Offer', position: 20, win_probability: 70, deadline_days: 4 },
    { name: '3. Call', position: 3, win_probability: 30, deadline_days: 20 },
    { name: '1. Close', position: 101, win_probability: 95, deadline_days: 5 },
  ],
];

export default defineRule({
  id: 'dossiers/lowest-position',
  level: 'MUST',
  verifies: ['LG-DOS-022', 'LG-DOS-023'],
  sentence: 'The first stage of a default flow is the one with the lowest position, as a number.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const start = async (draft: FlowDraft) => {
      const home = await world.organization();
      const flow = await makeFlow(home, { ...draft, is_default: true });
      const created = await home.createDossier({ type: flow.type, name: 'Noor Bakker' });
      const first = firstStageOf(flow)?.id;
      expectEqual(created.current_stage_id, first, 'the stage with the lowest position,');
      const { current_stage_id: kept } = await retrieve(world, home, created.id);
      expectEqual(kept, first, 'the stage of the dossier by its id,');
    };
    for (const stages of flows) await start({ name: 'In order', type: 'candidate', stages });
    await world.property([fc.noShrink(aLongFlow())], start);
  },
  liar: positionsAsText,
});
