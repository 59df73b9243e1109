import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectDetailsKept, type Details } from '../../world/details.ts';
import { createIn, waysToCreate } from '../../world/dossier-contacts.ts';
import { findListed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';

const details = {
  email: 'noor.bakker@example.com',
  phone: '+31 6 12345678',
  role: 'Planner',
} satisfies Details;

/** Each of them alone, then all of them. */
const drafts: readonly Details[] = [
  ...Object.entries(details).map(([name, value]) => ({ [name]: value })),
  details,
];

export default defineRule({
  id: 'dossiers/details-kept',
  level: 'MUST',
  verifies: ['LG-DOS-035', 'LG-DOS-105', 'LG-DOS-106', 'LG-DOS-107'],
  sentence:
    'The address, phone number, role and company of a new dossier can be read afterwards, there or on its contact.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      for (const way of waysToCreate) {
        for (const draft of drafts) {
          const sent = await withUnusedEmail(world, home, draft);
          const name = `Created by ${way} with ${Object.keys(draft).join(', ')}`;
          const { id } = await createIn(world, home, way, { type, name, ...sent });
          await expectDetailsKept(world, home, id, sent);
        }
        const company = 'Tulp Logistics';
        const draft = { type, name: `Created by ${way} with a company`, company };
        const { id } = await createIn(world, home, way, draft);
        const listed = await findListed(world, home, id);
        expectEqual(listed.company, company, 'the company in the list');
      }
    }
  },
  liar: overlook('createDossier', 'email'),
});
