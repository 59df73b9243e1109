import fc from 'fast-check';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { defaultFlowOf, flowsOf } from '../../world/flows.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'dossiers/unknown-flow',
  level: 'MUST',
  verifies: ['LG-DOS-026'],
  sentence: 'A flow that does not exist is refused, and no dossier is created.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const flows = await flowsOf(home);
    const aUuid = fc.uuid({ version: 4 });
    await world.property(
      [aUuid, fc.constantFrom(...dossierTypes(world.contract))],
      async (flow_id, type) => {
        const flow = defaultFlowOf(flows, type);
        if (!flow) return;
        const body = { type, name: `For no flow ${flow_id}` };
        const offence = await home.all.send('createDossier', { body: { ...body, flow_id } });
        expectPermittedRefusal(world, offence, ['LG-DOS-027']);
        await expectNoneNamed(world, home, body.name);
        await home.createDossier({ type, name: 'For a flow', flow_id: flow.id });
      },
      3,
    );
  },
  // A server that falls back on the default flow.
  liar: overlook('createDossier', 'flow_id'),
});
