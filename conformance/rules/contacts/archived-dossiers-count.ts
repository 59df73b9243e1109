import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

/** Counts what isn't archived. */
const countOpenOnly: Liar = (fetch, name) => {
  let archived = 0;
  const bend = onData(['archiveDossier', 'getContact'], (data) => {
    if (data['status'] === 'archived') archived += 1;
    else data['dossier_count'] = Number(data['dossier_count']) - archived;
  });
  return bend(fetch, name);
};

export default defineRule({
  id: 'contacts/archived-dossiers-count',
  level: 'SHOULD',
  verifies: ['LG-CON-054'],
  sentence: 'Dossiers of a contact count when they are archived too.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const drafts = plainDossiers(3).map((draft) => ({ ...draft, contact_id }));
    for (const { id } of await home.createDossiers(drafts)) {
      world.expect.success(await home.all.send('archiveDossier', { path: { id } }));
      const { dossier_count } = await retrieveContact(world, home, contact_id);
      expectEqual(dossier_count, drafts.length, 'the dossier_count');
    }
    const listed = await findListedContact(world, home, contact_id);
    expectEqual(listed.dossier_count, drafts.length, 'the dossier_count in the list');
  },
  liar: countOpenOnly,
});
