import { keepWithoutFile } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { newcomersBy } from '../../world/dossier-contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { aCv, formOf } from '../../world/forms.ts';
import { otherFiles } from '../../world/other-files.ts';
import { pdf } from '../../world/pdf.ts';

export default defineRule({
  id: 'dossiers/no-contact-left',
  level: 'SHOULD',
  verifies: ['LG-CV-008'],
  sentence: 'A creation that is undone because of its file leaves no contact behind.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const { most } = cvLimits(world.contract);
    const files = [pdf(most + 1), new TextEncoder().encode('Not a PDF'), new Uint8Array()];
    const create = (name: string, file = aCv()) =>
      home.all.send('createDossier', { body: formOf({ type: 'candidate', name }, file) });
    const strange = [...files.map((bytes) => aCv(bytes)), ...otherFiles];
    for (const [index, file] of strange.entries()) {
      const statuses: number[] = [];
      const newcomers = await newcomersBy(world, home, async () => {
        const { response } = await create(`With file ${String(index)}`, file);
        statuses.push(response.status);
      });
      // Which of them are taken is another decision.
      if (statuses.every((status) => status >= 400)) expectEqual(newcomers, [], 'the new contacts');
    }
    const newcomers = await newcomersBy(world, home, async () => {
      world.expect.success(await create('With a CV'));
    });
    expectEqual(newcomers.length, 1, 'the number of new contacts');
  },
  // A server that writes the contact before it looks at the file.
  liar: keepWithoutFile,
});
