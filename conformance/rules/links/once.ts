import { onLinked } from '../../liars/links.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn, rolesOnDossier } from '../../world/links.ts';

export default defineRule({
  id: 'links/once',
  level: 'SHOULD',
  verifies: ['LG-LNK-026'],
  sentence:
    'A contact is listed on a dossier once, and counts it once, however often it was linked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With one in many roles' });
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    for (const role_on_dossier of rolesOnDossier(world.contract)) {
      const body = { contact_id, role_on_dossier };
      // How another link of the two is answered is another decision.
      await home.all.send('linkDossierContact', { path: { id }, body });
      const listed = await contactsOn(world, home, id);
      const times = listed.filter((one) => one.contact_id === contact_id).length;
      expectEqual(times, 1, 'how often the contact is listed');
    }
    const { dossier_count } = await retrieveContact(world, home, contact_id);
    expectEqual(dossier_count, 1, 'dossier_count');
  },
  // A server that lists a contact once for each of its roles.
  liar: (fetch, name) => {
    let latest: readonly Record<string, unknown>[] = [];
    const watch = onLinked((_, links) => {
      latest = links;
    });
    const repeat = onPage(['listDossierContacts'], ({ data }) => {
      for (const link of latest.slice(1)) data.push({ ...data.at(-1), ...link });
    });
    return repeat(watch(fetch, name), name);
  },
});
