import { defineRule, type Liar } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { uploads } from '../../world/uploads.ts';

/** Takes nothing more for a dossier that is won. */
const closeWon: Liar = (fetch, name) => {
  const won = new Set<string>();
  return async (request) => {
    const { method, url } = request;
    const operation = name(method, url);
    const text = operation === 'updateDossier' ? await request.clone().text() : '';
    if (text.includes('"won"')) won.add(url);
    const response = await fetch(request);
    if (operation !== 'uploadDossierCv' || !won.has(url.replace(/\/cv$/, ''))) return response;
    const error = { code: 'invalid_body', message: 'The dossier is closed.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 400, headers });
  };
};

export default defineRule({
  id: 'cv/upload-closed',
  level: 'MUST',
  verifies: ['LG-CV-010', 'LG-CV-011', 'LG-CV-012'],
  sentence: 'A dossier that is won or lost takes a CV as any other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const upload of uploads) {
      for (const status of ['won', 'lost'] as const) {
        const name = `Closed as ${status}, to get a CV by ${upload.name}`;
        const { id } = await home.createDossier({ type: 'candidate', name });
        await change(world, home, id, { status });
        const answered = await upload.succeed(world, home, id, aCv());
        expectEqual(answered.id, id, 'the id in the answer to the upload');
        expectThat(Boolean(answered.cv_url), 'cv_url in the answer', () => answered);
      }
    }
  },
  liar: closeWon,
});
