import { loseBelongings } from '../../liars/losses.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { createContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, link, linksOn } from '../../world/links.ts';

export default defineRule({
  id: 'archiving/kept-contacts',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence:
    'A dossier that was deleted and restored has its contacts again, each as it was linked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'With contacts to keep' });
      const roles = [{ role_on_dossier: 'champion', is_primary: false } as const, asPrimary];
      for (const role of roles) {
        const contact = await createContact(world, home, { full_name: 'Iris Maas' });
        await link(world, home, id, { contact_id: contact.id, ...role });
      }
      const before = await linksOn(world, home, id);
      await archive(world, home, id);
      await change(world, home, id, { status: 'active' });
      expectEqual(await linksOn(world, home, id), before, 'the contacts as before,');
    }
  },
  liar: loseBelongings('listDossierContacts'),
});
