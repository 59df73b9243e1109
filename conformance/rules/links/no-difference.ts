import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { toldOf } from '../../world/told.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'links/no-difference',
  level: 'SHOULD',
  verifies: ['LG-ERR-030'],
  sentence: 'In a body, a contact of another organisation is answered as one that does not exist.',
  needs: ['second-organization'],
  check: async (world) => {
    const { organization, expect } = world;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const { path = {} } = await ours.prepare('linkDossierContact');
    const role_on_dossier = 'champion';
    const { id: foreign } = await createContact(world, theirs, { full_name: 'Noor Bakker' });
    const { id: own } = await createContact(world, ours, { full_name: 'Iris Smit' });
    const ways = {
      'a link': (contact_id: string) =>
        ours.all.send('linkDossierContact', { path, body: { contact_id, role_on_dossier } }),
      'a dossier': (contact_id: string) =>
        ours.all.send('createDossier', { body: { type: 'sales', name: 'Tulp', contact_id } }),
    };
    for (const [what, send] of Object.entries(ways)) {
      const unknown = unknownIdLike(foreign);
      const nothing = toldOf(await send(unknown), unknown);
      const answer = toldOf(await send(foreign), foreign);
      expectEqual(answer, nothing, `the same answer about ${what} as for no contact,`);
      expect.success(await send(own));
    }
  },
  liar: betrayOwner('createDossier'),
});
