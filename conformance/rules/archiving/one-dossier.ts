import { defineRule, type Liar } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { findListed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';

/** Archives what was created last along with what is deleted. */
const archiveTwo: Liar = (fetch, name) => {
  let last: string | undefined;
  return async (request) => {
    const operation = name(request.method, request.url);
    const { headers, method } = request;
    const response = await fetch(request);
    if (operation === 'createDossier') {
      const { data } = (await response.clone().json()) as { data: { id: string } };
      last = `${request.url}/${data.id}`;
    }
    if (operation === 'archiveDossier' && last) await fetch(new Request(last, { method, headers }));
    return response;
  };
};

export default defineRule({
  id: 'archiving/one-dossier',
  level: 'MUST',
  verifies: ['LG-DOS-093', 'LG-DOS-096'],
  sentence: 'Deleting a dossier archives that one, and no other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const names = ['First to stay', 'To be archived alone', 'Second to stay'];
      const [first, deleted, second] = await home.createDossiers(
        names.map((name) => ({ type, name, company: 'Tulp Logistics' })),
      );
      if (!first || !deleted || !second) return;
      await archive(world, home, deleted.id);
      for (const { id } of [first, second]) {
        await findListed(world, home, id, { status: 'active' });
      }
      await findListed(world, home, deleted.id, { status: 'archived' });
    }
  },
  liar: archiveTwo,
});
