import { aFullDossier } from '../../arbitraries/changes.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { archive, expectListedUnder } from '../../world/archive.ts';
import { view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dossierFields } from '../../world/sightings.ts';

/** Doesn't find what it deleted before. */
const deleteOnce = (): Liar => (fetch) => {
  const deleted = new Set<string>();
  return async (request) => {
    const response = await fetch(request.clone());
    if (request.method !== 'DELETE') return response;
    if (!deleted.has(request.url)) {
      deleted.add(request.url);
      return response;
    }
    const error = { code: 'not_found', message: 'There is no such dossier.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 404, headers });
  };
};

export default defineRule({
  id: 'archiving/twice',
  level: 'SHOULD',
  verifies: ['LG-DOS-099'],
  sentence: 'Deleting an archived dossier succeeds once more, and changes nothing.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        const home = await world.organization();
        const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
        const first = await archive(world, home, id);
        const before = await view(world, home, id);
        const again = await archive(world, home, id);
        for (const field of dossierFields(world.contract)) {
          expectEqual(again[field], first[field], `${field} as after the first deletion,`);
        }
        const after = await view(world, home, id);
        expectUntouched(world, before, { answered: again, ...after });
        await expectListedUnder(world, home, id, 'archived');
      },
      4,
    ),
  liar: deleteOnce(),
});
