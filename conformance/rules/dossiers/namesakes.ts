import { aBareDossier } from '../../arbitraries/new-dossier.ts';
import { findByName } from '../../liars/ids.ts';
import { defineRule } from '../../rule.ts';
import { findListed } from '../../world/dossier-list.ts';
import { expectEqual } from '../../world/expectations.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/namesakes',
  level: 'MUST',
  verifies: ['LG-DOS-065', 'LG-GEN-047'],
  sentence: 'Of dossiers that have the same name each id retrieves its own.',
  needs: [],
  check: (world) =>
    world.property(
      [aBareDossier()],
      async (draft) => {
        const home = await world.organization();
        const companies = ['Tulp Logistics', 'Linde Retail', 'Noord Media'];
        const drafts = companies.map((company) => ({ ...draft, company }));
        for (const [index, created] of (await home.createDossiers(drafts)).entries()) {
          const retrieved = await retrieve(world, home, created.id);
          expectEqual(retrieved.id, created.id, 'the id of the dossier that was asked for');
          const listed = await findListed(world, home, created.id);
          expectEqual(listed.company, companies[index], `the company of ${created.id} in the list`);
          const company = retrieved.company ?? listed.company;
          expectEqual(company, companies[index], `the company of ${created.id}`);
        }
      },
      3,
    ),
  liar: findByName('createDossier', 'getDossier', 'name'),
});
