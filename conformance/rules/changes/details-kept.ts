import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectDetailsKept, type Details } from '../../world/details.ts';
import { dossierTypes } from '../../world/dossier-types.ts';

const old: Details = { email: 'noor.bakker@example.com', phone: '+31 6 12345678', role: 'Planner' };
const others: Details = { email: 'iris.maas@example.org', phone: '+32 2 555 12 12', role: 'Buyer' };

export default defineRule({
  id: 'changes/details-kept',
  level: 'MUST',
  verifies: ['LG-DOS-109', 'LG-DOS-110', 'LG-DOS-111'],
  sentence:
    'Another address, phone number or role of a dossier can be read afterwards, there or on its contact, and the rest stays.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      // One that has none of them at first, and one that has them all.
      for (const draft of [{}, old]) {
        let now = await withUnusedEmail(world, home, draft);
        const { id } = await home.createDossier({ type, name: 'With details to keep', ...now });
        for (const [name, value] of Object.entries(others)) {
          const sent = await withUnusedEmail(world, home, { [name]: value as string });
          await change(world, home, id, sent);
          now = { ...now, ...sent };
          await expectDetailsKept(world, home, id, now);
        }
      }
    }
  },
  // A server whose dossiers have no roles, and that changes none of a contact either.
  liar: onData(['createDossier', 'updateDossier', 'getDossier', 'listDossiers'], (dossier) => {
    delete dossier['role'];
  }),
});
