import fc from 'fast-check';
import { anEmail } from '../../arbitraries/email.ts';
import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/contact-details-kept',
  level: 'SHOULD',
  verifies: ['LG-DOS-042'],
  sentence: 'A dossier shows the e-mail address, phone number, role and notes that were sent.',
  needs: [],
  check: (world) => {
    const details = {
      email: fc.oneof(anEmail(), fc.constant('Noor.Bakker+Test@Example.COM')),
      ...{ phone: aText(), role: aText(), intake_notes: aText() },
    };
    return world.property([aType(), fc.record(details)], async (type, details) => {
      const home = await world.organization();
      const sent = await withUnusedEmail(world, home, details);
      const seen = await createAndSee(world, home, { type, name: 'Noor Bakker', ...sent });
      expectKept(seen, sent, everywhere);
      for (const place of everywhere) expectEqual(seen[place].phone, sent.phone, 'phone as sent,');
    });
  },
  // A server that writes addresses in its own way.
  liar: onSent(['createDossier'], (body) => ({ ...body, phone: `tel:${String(body['phone'])}` })),
});
