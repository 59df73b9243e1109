import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { flowsOf } from '../../world/flows.ts';

export default defineRule({
  id: 'dossiers/flow-of-other-type',
  level: 'SHOULD',
  verifies: ['LG-DOS-005'],
  sentence: 'A flow of the other type is refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    for (const { id: flow_id, type: own, stages } of await flowsOf(home)) {
      if (stages.length === 0) continue;
      for (const type of dossierTypes(contract).filter((one) => one !== own)) {
        const body = { type, name: 'Noor Bakker', flow_id };
        expect.refusal(await home.all.send('createDossier', { body }), 400);
      }
      await home.createDossier({ type: own, name: 'Noor Bakker', flow_id });
    }
  },
  liar: refuseNot(400),
});
