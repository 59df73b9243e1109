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
  check: (world) => {
    const changes = [fc.record(details()), fc.record(details()), oneDetail()] as const;
    return world.property([aType(), ...changes], async (type, first, all, one) => {
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
