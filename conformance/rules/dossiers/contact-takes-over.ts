import { aPhone } from '../../arbitraries/phone.ts';
import { anEmail } from '../../arbitraries/email.ts';
import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { firstContactOf } from '../../world/dossier-contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'dossiers/contact-takes-over',
  level: 'SHOULD',
  verifies: ['LG-DOS-061'],
  sentence:
    'The contact that comes with a dossier takes over its address, phone, company and role.',
  needs: [],
  check: (world) =>
    world.property(
      [aType(), anEmail(), aPhone(), aText(), aText()],
      async (type, address, phone, company, role) => {
        const home = await world.organization();
        const drafted = { email: address, phone, company, role };
        const sent = await withUnusedEmail(world, home, drafted);
        const { id } = await home.createDossier({ type, name: 'Noor Bakker', ...sent });
        const { listed, contact } = await firstContactOf(world, home, id);
        const taken = { phone: contact.phone, role: contact.role };
        const { company: employer, email } = contact;
        expectEqual({ ...taken, company: employer, email }, sent, 'the contact');
        const shown = [listed.email, listed.company];
        expectEqual(shown, [sent.email, company], 'the address and company in the list');
      },
    ),
  liar: overlook('createDossier', 'phone'),
});
