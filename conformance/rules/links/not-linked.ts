import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { link, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/not-linked',
  level: 'SHOULD',
  verifies: ['LG-LNK-030'],
  sentence:
    'Unlinking a contact that is not linked to the dossier, any more or at all, is not found.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['Where one was linked', 'Where one is linked'];
    const drafts = names.map((name) => ({ type: 'sales', name }) as const);
    const [here = '', there = ''] = (await home.createDossiers(drafts)).map(({ id }) => id);
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const draft = { contact_id, role_on_dossier: 'champion' } as const;
    const expectNotFound = async () => {
      const path = { id: here, contact_id };
      world.expect.refusal(await home.all.send('unlinkDossierContact', { path }), 404);
    };
    await expectNotFound();
    await link(world, home, there, draft);
    await expectNotFound();
    await link(world, home, here, draft);
    await unlink(world, home, here, contact_id);
    await expectNotFound();
    await unlink(world, home, there, contact_id);
    await expectNotFound();
  },
  // A server to which what is done already is a success.
  liar: refuseNot(404),
});
