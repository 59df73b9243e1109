import fc from 'fast-check';
import { anEmail } from '../../arbitraries/email.ts';
import { aType } from '../../arbitraries/new-dossier.ts';
import { aPhone } from '../../arbitraries/phone.ts';
import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import type { NewDossier } from '../../world/organization.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

type Details = Pick<NewDossier, 'email' | 'phone' | 'role' | 'intake_notes'>;

/** As they stand in most dossiers. */
const plain: Details = {
  ...{ email: 'noor.bakker@example.com', phone: '+44 (20) 7946 0958', role: 'Planner' },
  intake_notes: 'Met at the fair.\nCalls back on Monday.',
};

const allDetails = () =>
  fc.record({ email: anEmail(), phone: aPhone(), role: aText(), intake_notes: aText() });

/** One of the fields alone, so that none leans on another. */
const oneDetail = () =>
  fc.oneof(
    fc.record({ email: anEmail() }),
    fc.record({ phone: aPhone() }),
    fc.record({ role: aText() }),
    fc.record({ intake_notes: aText() }),
  );

export default defineRule({
  id: 'dossiers/contact-details',
  level: 'MUST',
  verifies: ['LG-DOS-033', 'LG-DOS-034', 'LG-DOS-036', 'LG-DOS-038'],
  sentence: 'A dossier of either type takes an e-mail address, a phone number, a role and notes.',
  needs: [],
  check: async (world) => {
    const take = async (type: NewDossier['type'], drafted: Details) => {
      const home = await world.organization();
      const details = await withUnusedEmail(world, home, drafted);
      const draft = { type, name: 'Noor Bakker', ...details };
      expectKept(await createAndSee(world, home, draft), details);
    };
    for (const type of dossierTypes(world.contract)) {
      for (const [name, value] of Object.entries(plain)) await take(type, { [name]: value });
    }
    await world.property([aType(), allDetails(), oneDetail()], async (type, all, one) => {
      for (const drafted of [all, one]) await take(type, drafted);
    });
  },
  // A server that confuses what stands side by side.
  liar: onData(['getDossier'], (dossier) => {
    [dossier['phone'], dossier['role']] = [dossier['role'], dossier['phone']];
  }),
});
