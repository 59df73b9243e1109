import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { createContacts, deleteContact } from '../../world/contacts.ts';
import { link, unlink } from '../../world/links.ts';
import { isUuid, unknownIdLike } from '../../world/unknown-id.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

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
    for (const contact_id of [iris, bram, unknownIdLike(noor)]) {
      const path = { id, contact_id };
      world.expect.refusal(await home.all.send('unlinkDossierContact', { path }), 404);
    }
    // Of another form than a UUID, an id of no dossier may not be well-formed after all.
    const path = { id: unknownIdLike(id), contact_id: noor };
    const elsewhere = await home.all.send('unlinkDossierContact', { path });
    if (isUuid(id)) world.expect.refusal(elsewhere, 404);
    else expectPermittedRefusal(world, elsewhere, ['LG-GEN-048']);
    await unlink(world, home, id, noor);
  },
  // A server to which whatever isn't there is undone already.
  liar: refuseNot(404),
});
