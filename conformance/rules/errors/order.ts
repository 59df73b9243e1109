import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectStrayRefused, stray } from '../../world/strays.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'errors/order',
  level: 'SHOULD',
  verifies: ['LG-ERR-027'],
  sentence: 'Of several refusals that apply, the first of the decided order is answered.',
  needs: ['scoped-keys', 'free-plan', 'rate-limit', 'fresh-organizations'],
  check: async (world) => {
    const { contract, expect, clientWith } = world;
    const home = await world.organization();
    const free = await world.organization({ plan: 'free' });
    const spent = await world.organization();
    const busy = world.impatientClientWith(await spent.key());
    await exhaust(spent, busy, 2);
    const scopes = ['notes:read'];
    const weak = await home.client({ scopes });
    const weakAndFree = await free.client({ scopes });

    const { path = {} } = await home.prepare('getDossier');
    const missing = { path: { id: unknownIdLike(path['id'] ?? '') } };
    const flow_id = unknownIdLike((await home.prepare('listFlowStages')).path?.['id'] ?? '');
    const invalid = { body: { type: 'neither', name: 'Noor Bakker' } };
    const invalidAndMissing = { body: { ...invalid.body, flow_id } };

    expectStrayRefused(contract, await stray(clientWith(undefined), 'GET', '/nothing'), 401);
    expectStrayRefused(contract, await stray(weakAndFree, 'GET', '/nothing'), 402);
    expectStrayRefused(contract, await stray(busy, 'GET', '/nothing'), 429);
    expectStrayRefused(contract, await stray(weak, 'GET', '/nothing'), 404);
    expect.refusal(await clientWith(undefined).send('createDossier', invalid), 401);
    expect.refusal(await weakAndFree.send('createDossier', invalid), 402);
    expect.refusal(await busy.send('createDossier', invalid), 429);
    expect.refusal(await weak.send('createDossier', invalidAndMissing), 403);
    expect.refusal(await weak.send('getDossier', missing), 403);
    expect.refusal(await home.all.send('createDossier', invalidAndMissing), 400);
    expect.success(await home.all.send('getDossier', { path }));
  },
  // It looks for the path before it asks who is there.
  liar: refuse(404, 'not_found', ({ url }) => url.endsWith('/nothing')),
});
