import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, createContact, retrieveContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { contactsOn } from '../../world/links.ts';

export default defineRule({
  id: 'contacts/counted-by-address',
  level: 'MUST',
  verifies: ['LG-CON-053'],
  sentence:
    'Dossiers that met their contact by its address count, and unlinking in vain takes none away.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const email = await anUnusedEmail(world, home);
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor', email });
      const first = await home.createDossier({ type, name: 'For a contact', contact_id });
      const dossiers = [first.id];
      for (const address of [email, email.toUpperCase(), `b.${email}`]) {
        const name = `With an address ${String(dossiers.length)}`;
        const exchange = await home.all.send('createDossier', {
          body: { type, name, email: address },
        });
        // Whether it meets its contact, makes another one or is refused is a decision (LG-DOS-064).
        if (exchange.response.status === 409) continue;
        world.expect.success(exchange);
        dossiers.push((dataOf(exchange.json) as { id: string }).id);
      }
      // Who isn't on a dossier can't be taken off it, and no other link ends for that.
      const { id } = await home.createDossier({ type, name: 'Without that contact' });
      await home.all.send('unlinkDossierContact', { path: { id, contact_id } });
      // A link that is made again, taken or not (LG-LNK-025), makes no further dossier.
      const again = { contact_id, role_on_dossier: 'champion' };
      await home.all.send('linkDossierContact', { path: { id: first.id }, body: again });
      const casts = await Promise.all(dossiers.map((id) => contactsOn(world, home, id)));
      const all = casts.flatMap((cast) => [...new Set(cast.map((one) => one.contact_id))]);
      for (const id of new Set(all)) {
        const { dossier_count } = await retrieveContact(world, home, id);
        const count = all.filter((one) => one === id).length;
        expectEqual(dossier_count, count, `the dossier_count of ${id}`);
      }
    }
  },
  // A server that tells whether somebody is on a dossier.
  liar: onData(['getContact'], (contact) => {
    contact['dossier_count'] = Math.min(1, Number(contact['dossier_count']));
  }),
});
