import { aBareDossier } from '../../arbitraries/new-dossier.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { onData } from '../../liars/answers.ts';
import { expectEqual } from '../../world/expectations.ts';
import { see } from '../../world/sightings.ts';

/** Finds dossiers by their names. */
const byName: Liar = (fetch, name) => {
  const first = new Map<unknown, unknown>();
  const look = onData(['createDossier'], ({ name: own, id }) => {
    if (!first.has(own)) first.set(own, id);
  });
  const bend = onData(['getDossier'], (dossier) => {
    dossier['id'] = first.get(dossier['name']) ?? dossier['id'];
  });
  return bend(look(fetch, name), name);
};

export default defineRule({
  id: 'dossiers/namesakes',
  level: 'MUST',
  verifies: ['LG-DOS-065', 'LG-GEN-047'],
  sentence: 'Of dossiers that have the same name each id retrieves its own.',
  needs: ['fresh-organizations'],
  check: (world) =>
    world.property(
      [aBareDossier()],
      async (draft) => {
        const home = await world.organization();
        const companies = ['Tulp Logistics', 'Linde Retail', 'Noord Media'];
        const drafts = companies.map((company) => ({ ...draft, company }));
        for (const [index, created] of (await home.createDossiers(drafts)).entries()) {
          const { retrieved, listed } = await see(world, home, created);
          expectEqual(retrieved.id, created.id, 'the id of the dossier that was asked for');
          expectEqual(listed.company, companies[index], `the company of ${created.id} in the list`);
          const company = retrieved.company ?? listed.company;
          expectEqual(company, companies[index], `the company of ${created.id}`);
        }
      },
      3,
    ),
  liar: byName,
});
