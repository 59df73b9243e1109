import { aFullContact } from '../../arbitraries/new-contact.ts';
import { onUnlinking } from '../../liars/unlinking.ts';
import { defineRule } from '../../rule.ts';
import {
  anUnusedEmail,
  contactKinds,
  createContact,
  factsOf,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, link, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/unlinked-contact',
  level: 'MUST',
  verifies: ['LG-LNK-028'],
  sentence: 'An unlinked contact remains, with all of its fields.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullContact(contactKinds(world.contract))],
      async (draft) => {
        const home = await world.organization();
        const email = await anUnusedEmail(world, home);
        const { id } = await home.createDossier({ type: 'sales', name: 'Tulp Logistics' });
        const { id: contact_id } = await createContact(world, home, { ...draft, email });
        const look = async () =>
          factsOf(world.contract, await retrieveContact(world, home, contact_id));
        const before = await look();
        await link(world, home, id, { contact_id, ...asPrimary });
        await unlink(world, home, id, contact_id);
        expectEqual(await look(), before, 'the contact as before,');
      },
      5,
    ),
  // A server that deletes a contact with its last link.
  liar: onUnlinking(async ({ contact, fetch, request }) => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/\/dossiers\/.*/, `/contacts/${contact}`);
    await fetch(new Request(url, request));
  }),
});
