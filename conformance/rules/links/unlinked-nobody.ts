import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { createContacts, deleteContact } from '../../world/contacts.ts';
import { link, unlink } from '../../world/links.ts';
import { isUuid, unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'links/unlinked-nobody',
  level: 'MUST',
  verifies: ['LG-ERR-016'],
  sentence: 'Unlinking a contact that is deleted or never was, or on no dossier, is not found.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With a contact of today' });
    const people = [
      { full_name: 'Noor Bakker' },
      { full_name: 'Iris Smit' },
      { full_name: 'Bram' },
    ];
    const [noor = '', iris = '', bram = ''] = (await createContacts(world, home, people)).map(
      (one) => one.id,
    );
    for (const contact_id of [noor, iris]) {
      await link(world, home, id, { contact_id, role_on_dossier: 'champion' });
    }
    await deleteContact(world, home, iris);
    await deleteContact(world, home, bram);
    const expectNotFound = async (path: Record<string, string>, statuses: readonly number[]) => {
      world.expect.refusalAmong(await home.all.send('unlinkDossierContact', { path }), statuses);
    };
    for (const contact_id of [iris, bram, unknownIdLike(noor)]) {
      await expectNotFound({ id, contact_id }, [404]);
    }
    // Of another form than a UUID, an id of no dossier may not be well-formed after all.
    const elsewhere = { id: unknownIdLike(id), contact_id: noor };
    await expectNotFound(elsewhere, isUuid(id) ? [404] : [404, 400]);
    await unlink(world, home, id, noor);
  },
  // A server to which whatever isn't there is undone already.
  liar: refuseNot(404),
});
