import { refuseAgain } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { findLinked, link, type NewLink } from '../../world/links.ts';

type Change = Omit<NewLink, 'contact_id'>;

/** Links of one contact, each of which changes the one before. */
const changes: readonly Change[] = [
  { role_on_dossier: 'champion' },
  { role_on_dossier: 'decision_maker', is_primary: true },
  { role_on_dossier: 'decision_maker', is_primary: true },
  // What is left out is as if it was false, not as it was.
  { role_on_dossier: 'decision_maker' },
  { role_on_dossier: 'primary', is_primary: true },
  { role_on_dossier: 'other', is_primary: false },
];

export default defineRule({
  id: 'links/again',
  level: 'SHOULD',
  verifies: ['LG-LNK-025'],
  sentence: 'Linking a contact again updates its link to what was sent, and is answered as a link.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({
      type: 'sales',
      name: 'With one who is linked again',
    });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    for (const change of changes) {
      const { role_on_dossier, is_primary = false } = change;
      const expected = [role_on_dossier, is_primary];
      const answer = await link(world, home, id, { contact_id, ...change });
      expectEqual([answer.role_on_dossier, answer.is_primary], expected, 'the link in the answer');
      const listed = await findLinked(world, home, id, contact_id);
      expectEqual([listed.role_on_dossier, listed.is_primary], expected, 'the link in the list');
    }
  },
  liar: refuseAgain,
});
