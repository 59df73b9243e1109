import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { formOf } from '../../world/forms.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { defaultFlowOf, flowsOf } from '../../world/flows.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'dossiers/foreign-flow',
  level: 'MUST',
  verifies: ['LG-DOS-026'],
  sentence: 'The flow of another organisation is refused, and no dossier is created in it.',
  needs: ['second-organization'],
  check: async (world) => {
    const { contract, organization } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [own, foreign] = [await flowsOf(ours), await flowsOf(theirs)];
    for (const type of dossierTypes(contract)) {
      const [flow, theirFlow] = [defaultFlowOf(own, type), defaultFlowOf(foreign, type)];
      if (!flow || !theirFlow) continue;
      const body = { type, name: `For the foreign flow ${theirFlow.id}`, flow_id: theirFlow.id };
      for (const sent of [body, formOf(body)]) {
        const refused = await ours.all.send('createDossier', { body: sent });
        expectPermittedRefusal(world, refused, ['LG-DOS-027']);
        for (const home of [ours, theirs]) await expectNoneNamed(world, home, body.name);
      }
      await ours.createDossier({ type, name: 'For a flow', flow_id: flow.id });
    }
  },
  liar: mistakeKeys(),
});
