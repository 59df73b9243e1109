import { aContact } from '../../arbitraries/new-contact.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactPlaces, createAndSeeContact } from '../../world/contact-sightings.ts';
import { contactKinds } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/new-count',
  level: 'MUST',
  verifies: ['LG-CON-050'],
  sentence: 'A new contact is on no dossier.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    // Others are on dossiers, which are none of its business.
    await home.createDossiers(plainDossiers(2));
    await world.property(
      [aContact(contactKinds(world.contract))],
      async (draft) => {
        const seen = await createAndSeeContact(world, home, draft);
        for (const place of contactPlaces) {
          expectEqual(seen[place].dossier_count, 0, 'the dossier_count of a new contact');
        }
      },
      4,
    );
  },
  // A server that counts the row that an outer join leaves.
  liar: onData(['getContact'], (contact) => {
    contact['dossier_count'] = Math.max(1, Number(contact['dossier_count']));
  }),
});
