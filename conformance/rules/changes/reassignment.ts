import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';

/** Shows whom a dossier was assigned to first. */
const firstComesFirst = (): Liar => (fetch, name) => {
  const first = new Map<unknown, unknown>();
  return onData(['listDossiers'], (dossier) => {
    const { id, assigned_to } = dossier;
    if (!first.has(id) && assigned_to !== null) first.set(id, assigned_to);
    dossier['assigned_to'] = first.get(id) ?? null;
  })(fetch, name);
};

export default defineRule({
  id: 'changes/reassignment',
  level: 'MUST',
  verifies: ['LG-DOS-080'],
  sentence: 'A dossier is assigned to the member that it was given to last.',
  needs: ['fresh-organizations', 'more-members'],
  check: async (world) => {
    const home = await world.organization();
    const members = [await home.createMember('Joris Smit'), await home.createMember('Iris Maas')];
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'Handed around' });
      for (const assigned_to of [...members, ...members, ...home.members]) {
        const after = await changeAndSee(world, home, id, { assigned_to });
        expectChanged(after, { assigned_to });
      }
    }
  },
  liar: firstComesFirst(),
});
