import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { flowAround } from '../../world/dossier-flow.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'scopes/moves',
  level: 'MUST',
  verifies: ['LG-AUT-033', 'LG-AUT-020'],
  sentence: 'Moving a dossier to another stage needs the scope that any change of it needs.',
  needs: ['scoped-keys'],
  check: async (world) => {
    const { contract, expect } = world;
    const home = await world.organization();
    const needed = new Set(contract.operations.updateDossier.scopes);
    const weak = await home.client({ scopes: contract.scopes.filter((one) => !needed.has(one)) });
    for (const type of dossierTypes(contract)) {
      const dossier = await home.createDossier({ type, name: 'To be moved with the right key' });
      const { id, current_stage_id: start } = dossier;
      const { stages } = await flowAround(home, dossier);
      for (const stage of stages.filter((one) => one.id !== start)) {
        const request = { path: { id }, body: { current_stage_id: stage.id } };
        expect.refusal(await weak.send('updateDossier', request), 403);
      }
      expectEqual(
        (await retrieve(world, home, id)).current_stage_id,
        start,
        'the stage as before,',
      );
      const current_stage_id = stages.find((one) => one.id !== start)?.id ?? start;
      await change(world, home, id, { current_stage_id });
    }
  },
  // A server that asks for scopes only where something comes or goes.
  liar: letIn(403, ({ method }) => method === 'PATCH'),
});
