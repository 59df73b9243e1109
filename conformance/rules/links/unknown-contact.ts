import fc from 'fast-check';
import { linkAnybody } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { createContact, createContacts, deleteContact } from '../../world/contacts.ts';
import { link, unlink } from '../../world/links.ts';
import { expectNotLinked } from '../../world/refused-link.ts';

export default defineRule({
  id: 'links/unknown-contact',
  level: 'MUST',
  verifies: ['LG-LNK-012'],
  sentence: 'A contact that does not exist cannot be linked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'For a contact of no one' });
    await world.property(
      [fc.uuid({ version: 4 })],
      async (unknown) => {
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        await expectNotLinked(world, home, id, unknown, contact_id);
      },
      3,
    );
    // Nor can one that was deleted, whether it was on the dossier or not.
    const drafts = plainContacts(3);
    const [former = '', stranger = '', twin = ''] = (await createContacts(world, home, drafts)).map(
      (one) => one.id,
    );
    await link(world, home, id, { contact_id: former, role_on_dossier: 'champion' });
    for (const gone of [former, stranger]) {
      await deleteContact(world, home, gone);
      await expectNotLinked(world, home, id, gone, twin);
      await unlink(world, home, id, twin);
    }
  },
  liar: linkAnybody,
});
