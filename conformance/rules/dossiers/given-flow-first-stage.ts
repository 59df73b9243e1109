import { aLongFlow } from '../../arbitraries/flow.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { firstStageOf, makeFlow } from '../../world/flows.ts';
import type { Flow } from '../../world/organization.ts';

/** Puts dossiers into the stage of a flow that comes first by its name. */
const firstByName: Liar = (fetch, name) => {
  const firsts = new Map<unknown, string>();
  const look = onData(['listFlows'], (data) => {
    const { stages } = data as unknown as Flow;
    const [first] = [...stages].sort((a, b) => (a.name < b.name ? -1 : 1));
    firsts.set(stages[0]?.id, first?.id ?? '');
  });
  const bend = onData(['createDossier'], (dossier) => {
    dossier['current_stage_id'] = firsts.get(dossier['current_stage_id']);
  });
  return bend(look(fetch, name), name);
};

export default defineRule({
  id: 'dossiers/given-flow-first-stage',
  level: 'MUST',
  verifies: ['LG-DOS-025'],
  sentence: 'A dossier for a given flow starts in the stage with the lowest position.',
  needs: ['fresh-organizations', 'flows'],
  check: (world) =>
    world.property([aLongFlow()], async (draft) => {
      const home = await world.organization();
      const flow = await makeFlow(home, { ...draft, is_default: false });
      const body = { type: flow.type, name: 'Noor Bakker', flow_id: flow.id };
      const { current_stage_id: stage } = await home.createDossier(body);
      expectEqual(stage, firstStageOf(flow)?.id, 'the stage with the lowest position,');
    }),
  liar: firstByName,
});
