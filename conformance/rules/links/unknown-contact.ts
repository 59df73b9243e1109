import fc from 'fast-check';
import { linkAnybody } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectNotLinked } from '../../world/refused-link.ts';

export default defineRule({
  id: 'links/unknown-contact',
  level: 'MUST',
  verifies: ['LG-LNK-012'],
  sentence: 'A contact that does not exist cannot be linked.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'For a contact of no one' });
    await world.property(
      [fc.uuid({ version: 4 })],
      async (unknown) => {
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        await expectNotLinked(world, home, id, unknown, contact_id);
      },
      3,
    );
  },
  liar: linkAnybody,
});
