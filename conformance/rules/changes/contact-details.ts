import fc from 'fast-check';
import { anEmail } from '../../arbitraries/email.ts';
import { aType } from '../../arbitraries/new-dossier.ts';
import { aPhone } from '../../arbitraries/phone.ts';
import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';

/** As they stand in most dossiers, and what may come for them. */
const plain = {
  ...{ email: 'noor@example.com', phone: '+31 6 12345678', role: 'Planner' },
  intake_notes: 'Met at the fair.\nCalls back on Monday.',
};
const others = {
  ...{ email: 'iris+leads@mail.example.org', phone: '+44 (20) 7946 0958', role: 'Buyer' },
  intake_notes: 'Called on Monday.\n\nMeets us on Friday.',
};

const details = () => ({
  ...{ email: anEmail(), phone: aPhone() },
  ...{ role: aText(), intake_notes: aText() },
});

/** One of the fields alone, so that none leans on another. */
const oneDetail = () =>
  fc.oneof(...Object.entries(details()).map(([name, text]) => fc.record({ [name]: text })));

export default defineRule({
  id: 'changes/contact-details',
  level: 'MUST',
  verifies: ['LG-DOS-071', 'LG-DOS-072', 'LG-DOS-074', 'LG-DOS-082'],
  sentence:
    'A dossier takes another e-mail address, phone number, role and notes for the old ones.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      // One that has none of them at first, and then has them all.
      const { id } = await home.createDossier({ type, name: 'Noor Bakker' });
      for (const details of [plain, others]) {
        for (const [name, value] of Object.entries(details)) {
          const change = await withUnusedEmail(world, home, { [name]: value });
          expectChanged(await changeAndSee(world, home, id, change), change);
        }
      }
    }
    const changes = [fc.record(details()), fc.record(details()), oneDetail()] as const;
    await world.property([aType(), ...changes], async (type, first, all, one) => {
      // One that has them all, and one that has none of them.
      for (const draft of [first, {}]) {
        const home = await world.organization();
        const { id } = await home.createDossier({
          ...{ type, name: 'Noor Bakker' },
          ...(await withUnusedEmail(world, home, draft)),
        });
        for (const drafted of [one, all]) {
          const change = await withUnusedEmail(world, home, drafted);
          expectChanged(await changeAndSee(world, home, id, change), change);
        }
      }
    });
  },
  // A server that adds to the notes.
  liar: onSent(['updateDossier'], (body) => {
    const { intake_notes: notes } = body;
    return typeof notes === 'string' ? { ...body, intake_notes: `Earlier.\n${notes}` } : body;
  }),
});
