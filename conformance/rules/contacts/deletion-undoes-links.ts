import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { createContact, deleteContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn, link } from '../../world/links.ts';

export default defineRule({
  id: 'contacts/deletion-undoes-links',
  level: 'MUST',
  verifies: ['LG-CON-076'],
  sentence: 'No dossier lists a deleted contact, and each still lists its others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const other = await createContact(world, home, { full_name: 'Iris' });
    const dossiers = await home.createDossiers(plainDossiers(3));
    // On one of them as the primary contact.
    for (const [index, { id }] of dossiers.entries()) {
      const role = { role_on_dossier: 'primary', is_primary: index === 0 } as const;
      await link(world, home, id, { contact_id, ...role });
      await link(world, home, id, { contact_id: other.id, role_on_dossier: 'champion' });
    }
    const idsOn = async (dossier: string) =>
      (await contactsOn(world, home, dossier)).map((one) => one.contact_id).sort();
    const before: string[][] = [];
    for (const { id } of dossiers) before.push(await idsOn(id));
    // One of them is archived at that moment.
    const id = dossiers.at(-1)?.id ?? '';
    await archive(world, home, id);
    await deleteContact(world, home, contact_id);
    const restoring = { path: { id }, body: { status: 'active' } };
    world.expect.success(await home.all.send('updateDossier', restoring));
    for (const [index, { id }] of dossiers.entries()) {
      const left = before[index]?.filter((one) => one !== contact_id);
      expectEqual(await idsOn(id), left, 'the ids of the other contacts');
    }
    const { dossier_count } = await retrieveContact(world, home, other.id);
    expectEqual(dossier_count, dossiers.length, 'the dossier_count of another contact');
  },
  liar: neverLookAgain(),
});
