import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { archive, expectListedUnder } from '../../world/archive.ts';
import { createContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { findLinked, link, unlink } from '../../world/links.ts';
import { addNote, findNote } from '../../world/notes.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'archiving/belongings',
  level: 'SHOULD',
  verifies: ['LG-DOS-101'],
  sentence: 'CVs, links and notes of an archived dossier are read and written as of any other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Maas' });
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'Worked on while archived' });
      await archive(world, home, id);
      // A CV for a sale is a decision of its own.
      for (const upload of type === 'candidate' ? uploads : []) {
        const { cv_url } = await upload.succeed(world, home, id, aCv());
        expectThat(Boolean(cv_url), 'cv_url in the answer', () => cv_url);
      }
      await link(world, home, id, { contact_id, role_on_dossier: 'champion' });
      await findLinked(world, home, id, contact_id);
      await unlink(world, home, id, contact_id);
      const note = await addNote(world, home, id, { content: 'Still of interest.' });
      await findNote(world, home, id, note.id);
      await expectListedUnder(world, home, id, 'archived');
    }
  },
  liar: refuse(409, 'archived', ({ method, url }) => method === 'POST' && url.endsWith('/notes')),
});
