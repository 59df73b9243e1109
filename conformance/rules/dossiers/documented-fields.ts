import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { findListed } from '../../world/dossier-list.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { alwaysShown } from '../../world/example-members.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Dossier } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';

const expectWhole = (dossier: Dossier, fields: readonly string[]): void => {
  for (const field of fields) {
    const value = dossier[field as keyof Dossier];
    const shown = typeof value === 'string' && value !== '';
    expectThat(shown, `${field} of the dossier`, () => dossier);
  }
};

export default defineRule({
  id: 'dossiers/documented-fields',
  level: 'MUST',
  verifies: ['LG-DOS-016', 'LG-DOS-066', 'LG-DOS-102'],
  sentence:
    'What is retrieved has its id, type, name and stage; what is listed, its status and created_at too.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const shown = alwaysShown(world.contract, 'getDossier');
    const listed = alwaysShown(world.contract, 'listDossiers');
    for (const type of dossierTypes(world.contract)) {
      for (const status of liveStatuses(world.contract)) {
        const { id } = await home.createDossier({ type, name: `With its fields, ${status}` });
        if (status !== 'active') await change(world, home, id, { status });
        const retrieved = await retrieve(world, home, id);
        expectWhole(retrieved, shown);
        const { current_stage_id: stage_id } = retrieved;
        for (const filter of [{ status }, { status, type }, { status, stage_id }]) {
          expectWhole(await findListed(world, home, id, filter), listed);
        }
      }
    }
  },
  // A server that doesn't repeat in a list what it was asked for.
  liar: onPage(['listDossiers'], ({ data }, url) => {
    if (!url.searchParams.has('type')) return;
    for (const dossier of data) delete dossier['type'];
  }),
});
