import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { defaultFlowOf, firstStageOf, flowsOf } from '../../world/flows.ts';

/** Puts each dossier where the one before it went. */
const sameStageForAll: Liar = (fetch, name) => {
  let stage: unknown;
  return onData(['createDossier'], (dossier) => {
    stage ??= dossier['current_stage_id'];
    dossier['current_stage_id'] = stage;
  })(fetch, name);
};

export default defineRule({
  id: 'dossiers/default-flow',
  level: 'MUST',
  verifies: ['LG-DOS-022', 'LG-DOS-023'],
  sentence: 'A new dossier starts in the first stage of the default flow of its type.',
  needs: [],
  check: async ({ contract, organization }) => {
    const home = await organization();
    const flows = await flowsOf(home);
    for (const type of dossierTypes(contract)) {
      const flow = defaultFlowOf(flows, type);
      // Without a default flow, or stages in it, the documentation says nothing.
      const first = flow && firstStageOf(flow);
      if (!first) continue;
      const created = await home.createDossier({ type, name: 'Noor Bakker' });
      const what = `the first stage of the default flow of type ${type},`;
      expectEqual(created.current_stage_id, first.id, what);
    }
  },
  liar: sameStageForAll,
});
