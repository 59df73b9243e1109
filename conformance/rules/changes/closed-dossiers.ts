import { defineRule, type Liar } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { change, changeAndSee } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';

/** Changes nothing but the status of what is closed, and says nothing of it. */
const freezeClosed: Liar = (fetch, name) => {
  const closed = new Set<string>();
  return async (request) => {
    if (name(request.method, request.url) !== 'updateDossier') return fetch(request);
    const sent = (await request.clone().json()) as Record<string, unknown>;
    const { status } = sent;
    if (status === undefined && closed.has(request.url))
      return fetch(new Request(request, { body: '{}' }));
    if (status === 'lost') closed.add(request.url);
    else closed.delete(request.url);
    return fetch(request);
  };
};

export default defineRule({
  id: 'changes/closed-dossiers',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-070', 'LG-DOS-073'],
  sentence: 'A dossier that is won or lost can be changed as any other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'About to be closed' });
      for (const status of ['won', 'lost'] as const) {
        await change(world, home, id, { status });
        for (const changes of [{ name: `Closed as ${status}` }, { company: `Of the ${status}` }]) {
          expectChanged(await changeAndSee(world, home, id, changes), changes);
        }
      }
    }
  },
  liar: freezeClosed,
});
