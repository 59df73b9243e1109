import fc from 'fast-check';
import { aText } from '../../arbitraries/text.ts';
import { doAnyway } from '../../liars/failures.ts';
import { defineRule } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { findLinked } from '../../world/links.ts';

export default defineRule({
  id: 'cv/failed-creation',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CON-053', 'LG-GEN-014'],
  sentence:
    'A creation whose file was not stored leaves no dossier, and links its contact to none.',
  needs: ['faults', 'fresh-organizations'],
  check: (world) =>
    world.property(
      [aText(), fc.boolean()],
      async (name, given) => {
        const home = await world.organization();
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const other = await home.createDossier({ type: 'candidate', name: `Not ${name}` });
        const contact = given ? { contact_id } : {};
        const form = () => formOf({ type: 'candidate', name, ...contact }, aCv());
        const expectCount = async (dossiers: number) => {
          const [page] = await home.walk('listDossiers', {});
          expectEqual(page?.total, dossiers, 'meta.total of the dossiers');
          const count = given ? dossiers - 1 : 0;
          const { dossier_count } = await retrieveContact(world, home, contact_id);
          expectEqual(dossier_count, count, 'the dossier_count of the contact');
          const listed = await findListedContact(world, home, contact_id);
          expectEqual(listed.dossier_count, count, 'the dossier_count in the list');
        };
        for (let attempt = 1; attempt <= 2; attempt += 1) {
          await home.failNext('upload');
          const { response } = await home.all.send('createDossier', { body: form() });
          expectThat(response.status >= 500, 'a failure', () => response.status);
          await expectNoneNamed(world, home, name);
          await expectCount(1);
        }
        const { id } = await createByForm(world, home, form());
        expectThat(id !== other.id, 'a new dossier', () => id);
        if (given) await findLinked(world, home, id, contact_id);
        await expectCount(2);
      },
      5,
    ),
  // A server that stores the file last, and leaves it at that.
  liar: doAnyway(500),
});
