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
    for (const positions of [
      [10, 2],
      [1, 0],
      [12, 5, 9, 0],
    ]) {
      const stages = positions.map((position) => ({ name: `At ${String(position)}`, position }));
      await start({ name: 'From its first stage', type: 'candidate', is_default: true, stages });
    }
    await world.property([fc.noShrink(aLongFlow())], start);
  },
  liar: positionsAsText,
});
