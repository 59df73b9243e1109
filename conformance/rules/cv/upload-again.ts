import { defineRule, type Liar } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { uploads } from '../../world/uploads.ts';

/** Stores the CV that came first, and no other. */
const keepFirst = (): Liar => (fetch, name) => {
  const stored = new Set<string>();
  return async (request) => {
    const { url } = request;
    const response = await fetch(request);
    if (name(request.method, url) !== 'uploadDossierCv' || !response.ok) return response;
    if (!stored.has(url)) {
      stored.add(url);
      return response;
    }
    const error = { code: 'conflict', message: 'The dossier has a CV.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 409, headers });
  };
};

export default defineRule({
  id: 'cv/upload-again',
  level: 'MUST',
  verifies: ['LG-CV-014', 'LG-CV-012'],
  sentence: 'A dossier that has a CV takes another one, however each of them comes.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'To get one CV after another' };
    const { id } = await createByForm(world, home, formOf(draft, aCv()));
    for (const [index, upload] of [...uploads, ...uploads.toReversed()].entries()) {
      const file = { ...aCv(pdf(600 + index)), name: `cv-${String(index)}.pdf` };
      const answered = await upload.succeed(world, home, id, file);
      expectEqual(answered.id, id, 'the id in the answer to the upload');
      expectThat(Boolean(answered.cv_url), `cv_url after ${upload.name}`, () => answered);
    }
  },
  liar: keepFirst(),
});
