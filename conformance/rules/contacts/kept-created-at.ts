import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, createContact, retrieveContact } from '../../world/contacts.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, link } from '../../world/links.ts';

/** Longer than the second to which moments may be told. */
const aWhile = 1.1;

export default defineRule({
  id: 'contacts/kept-created-at',
  level: 'MUST',
  verifies: ['LG-CON-056'],
  sentence: 'A contact that is changed later was created no later for that.',
  needs: [],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const dossier = await home.createDossier({ type: 'sales', name: 'For a contact' });
    // How precisely a moment is told may hang on the place.
    const look = async () => ({
      retrieved: (await retrieveContact(world, home, id)).created_at ?? null,
      listed: (await findListedContact(world, home, id)).created_at ?? null,
    });
    const before = await look();
    await world.wait(aWhile);
    await changeContact(world, home, id, { city: 'Breda' });
    expectEqual(await look(), before, 'created_at as before the change,');
    await link(world, home, dossier.id, { contact_id: id, ...asPrimary });
    expectEqual(await look(), before, 'created_at as before the link,');
  },
  // A server that tells when a contact was seen last.
  liar: onData(['getContact', 'listContacts'], (contact) => {
    contact['created_at'] = new Date().toISOString();
  }),
});
