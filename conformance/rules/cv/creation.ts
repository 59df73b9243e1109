import fc from 'fast-check';
import { aText } from '../../arbitraries/text.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { pdf } from '../../world/pdf.ts';
import { everywhere, expectKept, see } from '../../world/sightings.ts';

/** Names that people give to their CVs. */
const fileNames = ['cv.pdf', 'resume.pdf', 'My CV (2).pdf', 'Résumé Zoë.pdf', 'CV.final.PDF'];

export default defineRule({
  id: 'cv/creation',
  level: 'MUST',
  verifies: ['LG-CV-001', 'LG-CV-002', 'LG-DOS-020', 'LG-DOS-021'],
  sentence: 'A form with a PDF creates a dossier with that CV, and the answer tells its address.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const aVersion = fc.constantFrom('1.4', '1.5', '1.7', '2.0');
    const aSize = fc.integer({ min: 600, max: 200_000 });
    const create = async (name: string, size: number, file: string, version: string) => {
      const form = formOf({ type: 'candidate', name }, { ...aCv(pdf(size, version)), name: file });
      const seen = await see(world, home, await createByForm(world, home, form));
      expectEqual(seen.created.status, 'active', 'the status of a new dossier');
      const { cv_url } = seen.created;
      const told = typeof cv_url === 'string' && cv_url !== '';
      expectThat(told, 'cv_url in the answer to the creation', () => seen.created);
      expectKept(seen, { type: 'candidate', name });
      // How long an address holds is a matter of decisions (LG-CV-013), that there is one isn't.
      for (const place of everywhere) {
        const shown = seen[place].cv_url;
        expectThat(shown === undefined || Boolean(shown), 'a CV wherever it is shown', () => shown);
      }
    };
    for (const name of fileNames) await create(`With ${name}`, 100_000, name, '1.4');
    await world.property([aText(), aSize, fc.constantFrom(...fileNames), aVersion], create);
  },
  // A server that reads the text of a form only.
  liar: onForm(['createDossier'], (form) => {
    form.delete('cv');
    return form;
  }),
});
