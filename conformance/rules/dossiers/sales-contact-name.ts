import fc from 'fast-check';
import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { firstContactOf } from '../../world/dossier-contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/sales-contact-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-060'],
  sentence:
    'The contact that comes with a sale is named after the contact person, or else the deal.',
  needs: [],
  check: (world) => {
    const aPerson = fc.option(aText(), { nil: undefined });
    return world.property([aText(), aPerson], async (name, contact_person) => {
      const home = await world.organization();
      const person = contact_person === undefined ? {} : { contact_person };
      const { id } = await home.createDossier({ type: 'sales', name, ...person });
      const { listed, contact } = await firstContactOf(world, home, id);
      expectEqual(listed.full_name, contact_person ?? name, 'the full name in the list');
      expectEqual(contact.full_name, contact_person ?? name, 'the full name of the contact');
    });
  },
  liar: overlook('createDossier', 'contact_person'),
});
