import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContact, deleteContact } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'dossiers/unknown-contact',
  level: 'MUST',
  verifies: ['LG-DOS-054'],
  sentence: 'A contact that does not exist, or no longer, is refused, and no dossier is created.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property(
      [fc.uuid({ version: 4 }), aType()],
      async (unknown, type) => {
        const { id: deleted } = await createContact(world, home, { full_name: 'Soon gone' });
        await deleteContact(world, home, deleted);
        for (const contact_id of [unknown, deleted]) {
          const body = { type, name: `For no contact ${contact_id}` };
          const offence = await home.all.send('createDossier', { body: { ...body, contact_id } });
          expectPermittedRefusal(world, offence, ['LG-DOS-055']);
          await expectNoneNamed(world, home, body.name);
        }
        await home.createDossier({ type, name: 'For a contact of its own' });
      },
      3,
    );
  },
  // A server that makes a contact where it finds none.
  liar: overlook('createDossier', 'contact_id'),
});
