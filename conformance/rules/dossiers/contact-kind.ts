import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { firstContactOf } from '../../world/dossier-contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

const kinds = { candidate: ['candidate'], sales: ['prospect'] } as const;

export default defineRule({
  id: 'dossiers/contact-kind',
  level: 'SHOULD',
  verifies: ['LG-DOS-062'],
  sentence: 'The contact that comes with a candidate is one, and that of a sale a prospect.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of ['candidate', 'sales'] as const) {
      const { id } = await home.createDossier({ type, name: `A contact by kind, ${type}` });
      const { contact } = await firstContactOf(world, home, id);
      expectEqual(contact.kind, kinds[type], `the kinds of the contact of a ${type} dossier`);
    }
  },
  liar: onData(['getContact'], (contact) => {
    contact['kind'] = [];
  }),
});
