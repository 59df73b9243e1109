import { alsoChange } from '../../liars/ledger.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { allAtOnce } from '../../world/at-once.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { findListed } from '../../world/dossier-list.ts';
import { pdf } from '../../world/pdf.ts';
import { retrieve } from '../../world/sightings.ts';
import { uploads } from '../../world/uploads.ts';

/** Writes the dossier back, after it stored a CV, as it was when the upload began. */
const writeBack: Liar = (fetch, name) => {
  const changes = new Set<Promise<Response>>();
  return async (request) => {
    const operation = name(request.method, request.url);
    const copy = request.clone();
    const headers = { authorization: request.headers.get('authorization') ?? '' };
    if (operation !== 'uploadDossierCv') {
      const response = fetch(request);
      if (operation === 'updateDossier') changes.add(response);
      return response;
    }
    const before = await fetch(new Request(request.url.replace(/\/cv$/, ''), { headers }));
    const { data } = (await before.json()) as { data: { id: string; company: string | null } };
    const response = await fetch(request);
    // As long as a storage takes.
    await Promise.all(changes);
    const { id, company } = data;
    await alsoChange({ request: copy, fetch }, `/dossiers/${id}`, { company });
    return response;
  };
};

export default defineRule({
  id: 'concurrency/uploads',
  level: 'MUST',
  verifies: ['LG-CV-014', 'LG-DOS-068'],
  sentence:
    'CVs that are uploaded at the same moment are taken, and undo no change of that moment.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate', name: 'With many CVs', company: 'Tulp' } as const;
    const { id } = await home.createDossier(draft);
    for (let round = 1; round <= 3; round += 1) {
      const company = `Company ${String(round)}`;
      const change = () => home.all.send('updateDossier', { path: { id }, body: { company } });
      const sends = [...uploads, ...uploads].map(
        ({ send }, index) =>
          () =>
            send(home, id, aCv(pdf(600 + index))),
      );
      const won = await allAtOnce(world, [...sends, change]);
      for (const { operation, json } of won) {
        const { cv_url } = (json as { data: { cv_url?: unknown } }).data;
        const shown = operation !== 'uploadDossierCv' || Boolean(cv_url);
        expectThat(shown, 'cv_url in the answer to each upload', () => json);
      }
      const { cv_url } = await retrieve(world, home, id);
      expectThat(cv_url === undefined || Boolean(cv_url), 'a CV of the dossier', () => cv_url);
      const listed = await findListed(world, home, id);
      expectEqual(listed.company, company, 'the company that was set meanwhile');
    }
  },
  liar: writeBack,
});
