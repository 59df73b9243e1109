import { keepWithoutFile } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { dossierStatuses } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { pdf } from '../../world/pdf.ts';

export default defineRule({
  id: 'cv/refused-and-gone',
  level: 'MUST',
  verifies: ['LG-CV-006'],
  sentence: 'Where a file is refused, there are no more dossiers than before, under any status.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const files = [new TextEncoder().encode('A letter'), pdf(cvLimits(world.contract).most + 1)];
    const ids = async (): Promise<Set<string>> => {
      const found: string[] = [];
      for (const query of [{}, ...dossierStatuses(world.contract).map((status) => ({ status }))]) {
        const pages = await home.walk('listDossiers', query);
        found.push(...pages.flatMap(({ items }) => items.map(({ id }) => id)));
      }
      return new Set(found);
    };
    const { id } = await home.createDossier({ type: 'candidate', name: 'There before' });
    const known = [id];
    for (const [index, bytes] of files.entries()) {
      const form = formOf({ type: 'candidate', name: `With file ${String(index)}` }, aCv(bytes));
      const { response, json } = await home.all.send('createDossier', { body: form });
      // Which files are taken is a matter of decisions.
      if (response.status < 400) known.push((dataOf(json) as Dossier).id);
      expectEqual([...(await ids())].sort(), [...known].sort(), 'the dossiers that there are,');
      const twin = formOf({ type: 'candidate', name: `Mended ${String(index)}` }, aCv());
      known.push((await createByForm(world, home, twin)).id);
    }
  },
  liar: keepWithoutFile,
});
