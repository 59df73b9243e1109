import { aFullDossier } from '../../arbitraries/changes.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { retrieve } from '../../world/sightings.ts';

/** Finds nothing more by the path of what it deleted. */
const deleteForGood = (): Liar => (fetch) => {
  const deleted = new Set<string>();
  return async (request) => {
    const response = await fetch(request.clone());
    if (request.method === 'DELETE') deleted.add(request.url);
    if (request.method !== 'GET' || !deleted.has(request.url)) return response;
    const error = { code: 'not_found', message: 'There is no such dossier.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 404, headers });
  };
};

export default defineRule({
  id: 'archiving/retrievable',
  level: 'MUST',
  verifies: ['LG-DOS-095'],
  sentence: 'A dossier that was deleted can still be retrieved.',
  needs: [],
  check: (world) =>
    world.property([aFullDossier()], async (draft) => {
      const home = await world.organization();
      const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
      const before = await retrieve(world, home, id);
      await archive(world, home, id);
      const after = await retrieve(world, home, id);
      expectEqual(after.id, id, 'the id');
      expectEqual(after.type, before.type, 'the type');
      expectEqual(after.name, before.name, 'the name');
      expectEqual(after.status ?? 'archived', 'archived', 'the status');
    }),
  liar: deleteForGood(),
});
