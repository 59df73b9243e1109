import { defineRule } from '../../rule.ts';
import { onLinked } from '../../liars/links.ts';
import { anUnusedEmail, changeContact, createContact } from '../../world/contacts.ts';
import { asPrimary, findLinked, link } from '../../world/links.ts';
import { expectPerson } from '../../world/linked-person.ts';

export default defineRule({
  id: 'links/person-now',
  level: 'MUST',
  verifies: ['LG-LNK-007'],
  sentence: 'The contacts of a dossier are listed as they are now, whatever they were when linked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const person = { full_name: 'Noor Bakker', company: 'Tulp' };
    const { id: contact_id } = await createContact(world, home, person);
    const dossiers: string[] = [];
    for (const place of [{ role_on_dossier: 'champion' } as const, asPrimary]) {
      const { id } = await home.createDossier({ type: 'sales', name: place.role_on_dossier });
      dossiers.push(id);
      await link(world, home, id, { contact_id, ...place });
      expectPerson(await findLinked(world, home, id, contact_id), person);
    }
    const changes = {
      full_name: 'Noor Smit-Bakker',
      company: 'Tulp Logistics',
      email: await anUnusedEmail(world, home),
    };
    for (const [field, value] of Object.entries(changes)) {
      const change = { [field]: value };
      await changeContact(world, home, contact_id, change);
      Object.assign(person, change);
      for (const id of dossiers) {
        expectPerson(await findLinked(world, home, id, contact_id), person);
      }
    }
  },
  // A server that copies the name into the link.
  liar: (fetch, name) => {
    const copies = new Map<unknown, unknown>();
    const bend = onLinked((item) => {
      const { contact_id, full_name } = item;
      if (!copies.has(contact_id)) copies.set(contact_id, full_name);
      item['full_name'] = copies.get(contact_id);
    });
    return bend(fetch, name);
  },
});
