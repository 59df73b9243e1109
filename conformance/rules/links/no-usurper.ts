import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContact, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, link, primariesOn, unlink } from '../../world/links.ts';

export default defineRule({
  id: 'links/no-usurper',
  level: 'MUST',
  verifies: ['LG-LNK-016'],
  sentence: 'Who is linked without is_primary does not take the primary place from another.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With a primary who stays' });
    const names = ['Noor Bakker', 'Iris Smit', 'Bram Visser'];
    const drafts = names.map((full_name) => ({ full_name }));
    const [noor, iris, bram] = await createContacts(world, home, drafts);
    const primary = noor?.id ?? '';
    await link(world, home, id, { contact_id: primary, ...asPrimary });
    const join = async (contact_id = '', more = {}) => {
      await link(world, home, id, { contact_id, role_on_dossier: 'decision_maker', ...more });
      expectEqual(await primariesOn(world, home, id), [primary], 'nobody but the primary contact');
    };
    await join(iris?.id);
    await join(bram?.id, { is_primary: false });
    // Not even who had the place before.
    const sanne = await createContact(world, home, { full_name: 'Sanne Mulder' });
    await link(world, home, id, { contact_id: sanne.id, ...asPrimary });
    await unlink(world, home, id, primary);
    await link(world, home, id, { contact_id: primary, role_on_dossier: 'champion' });
    expectEqual(await primariesOn(world, home, id), [sanne.id], 'nobody but the primary contact');
  },
  // A server that takes the latest contact for the primary one.
  liar: onSent(['linkDossierContact'], (body) => ({ is_primary: true, ...body })),
});
