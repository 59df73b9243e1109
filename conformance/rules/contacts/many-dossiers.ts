import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { refuse } from '../../liars/access.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import {
  changeContact,
  contactKinds,
  createContact,
  retrieveContact,
} from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';
import { findLinked, link } from '../../world/links.ts';

/** Has room for ten dossiers. */
const tenDossiers: Liar = (fetch, name) => {
  let links = 0;
  const full = refuse(400, 'invalid_body', ({ method, url }) => {
    if (name(method, url) !== 'linkDossierContact') return false;
    links += 1;
    return links > 10;
  });
  return full(fetch, name);
};

export default defineRule({
  id: 'contacts/many-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-003', 'LG-CON-053'],
  sentence: 'A contact can be on no dossier, on one, and on however many.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const contact = await createContact(world, home, { full_name: 'Noor Bakker' });
    const { id: contact_id } = await retrieveContact(world, home, contact.id);
    expectEqual(contact_id, contact.id, 'the contact on no dossier');
    const dossiers: string[] = [];
    const expectOnAll = async () => {
      for (const dossier of dossiers) await findLinked(world, home, dossier, contact_id);
    };
    for (const draft of plainDossiers(3)) {
      dossiers.push((await home.createDossier({ ...draft, contact_id })).id);
      await expectOnAll();
    }
    for (const draft of plainDossiers(24)) {
      const { id } = await home.createDossier(draft);
      await link(world, home, id, { contact_id, role_on_dossier: 'introducer' });
      dossiers.push(id);
    }
    await expectOnAll();
    // Also where a list joins it with several kinds of it.
    const kind = contactKinds(world.contract).slice(0, 3);
    await changeContact(world, home, contact_id, { kind });
    const { dossier_count } = await retrieveContact(world, home, contact_id);
    expectEqual(dossier_count, dossiers.length, 'the dossier_count');
    for (const query of [{}, { kind }, { search: 'Bakker' }]) {
      const look = async () => {
        const listed = await findListedContact(world, home, contact_id, query);
        expectEqual(listed.dossier_count, dossiers.length, 'the dossier_count in the list');
      };
      await ('search' in query ? eventually(world, look) : look());
    }
  },
  liar: tenDossiers,
});
