import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { createContact, deleteContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { link } from '../../world/links.ts';
import { addNote, contentsOn } from '../../world/notes.ts';
import { dossierFields, see } from '../../world/sightings.ts';

/** Archives dossiers whose contact is deleted. */
const archiveToo: Liar = (fetch, name) => {
  let deleted = false;
  const bend = onData(['deleteContact', 'getDossier'], (data) => {
    if (data['deleted'] === true) deleted = true;
    else if (deleted) data['status'] = 'archived';
  });
  return bend(fetch, name);
};

/** They may be those of the primary contact, and be gone with it (LG-DOS-042). */
const ofTheContact = ['email', 'phone', 'role'];

export default defineRule({
  id: 'contacts/deletion-spares-dossiers',
  level: 'MUST',
  verifies: ['LG-CON-077'],
  sentence: 'The dossiers of a deleted contact stay as they were.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const person = { full_name: 'Noor Bakker', company: 'Linde', city: 'Breda' };
    for (const type of dossierTypes(world.contract)) {
      const { id: contact_id } = await createContact(world, home, person);
      const deal = { contact_person: 'Noor Bakker', deal_size: 62_000, deal_currency: 'EUR' };
      const more = { company: 'Tulp Logistics', ...(type === 'sales' ? deal : {}) };
      const draft = { type, ...more };
      const own = await home.createDossier({ ...draft, name: 'For a contact', contact_id });
      const another = await home.createDossier({ ...draft, name: 'With a contact' });
      await link(world, home, another.id, { contact_id, role_on_dossier: 'decision_maker' });
      const dossiers = [own.id, another.id];
      for (const id of dossiers) await addNote(world, home, id, { content: 'Called today.' });
      const look = async () => {
        const seen = [await see(world, home, own), await see(world, home, another)];
        const notes = await Promise.all(dossiers.map((id) => contentsOn(world, home, id)));
        const facts = seen.flatMap(({ retrieved, listed }) =>
          dossierFields(world.contract)
            .filter((field) => !ofTheContact.includes(field))
            .map((field) => [field, retrieved[field] ?? null, listed[field] ?? null]),
        );
        return [...facts, ...notes];
      };
      const before = await look();
      await deleteContact(world, home, contact_id);
      expectEqual(await look(), before, 'the dossiers as before,');
    }
  },
  liar: archiveToo,
});
