import { refuse } from '../../liars/access.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { uploads } from '../../world/uploads.ts';

/** Takes no CV for a sale. */
const candidatesOnly = (): Liar => (fetch, name) => {
  const sales = new Set<string>();
  const refuseSales = refuse(400, 'invalid_body', ({ url }) => sales.has(url))(fetch, name);
  return async (request) => {
    const { method, url } = request;
    const response = await refuseSales(request);
    if (name(method, url) === 'createDossier' && response.ok) {
      const { data } = (await response.clone().json()) as { data: { id: string; type: string } };
      if (data.type === 'sales') sales.add(`${url}/${data.id}/cv`);
    }
    return response;
  };
};

export default defineRule({
  id: 'cv/upload-both-types',
  level: 'MUST',
  verifies: ['LG-CV-030'],
  sentence: 'Dossiers of both types are given a CV in both ways.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'Of either type' });
      for (const upload of uploads) {
        const { cv_url } = await upload.succeed(world, home, id, aCv());
        expectThat(Boolean(cv_url), `cv_url of a dossier of type ${type}`, () => cv_url);
      }
    }
  },
  liar: candidatesOnly(),
});
