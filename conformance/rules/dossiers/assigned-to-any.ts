import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { createAndSee, expectKept } from '../../world/sightings.ts';

/** Shows everything as assigned to whoever something was assigned to first. */
const onlyOne = (): Liar => (fetch, name) => {
  let first: unknown;
  return onData(['listDossiers'], (dossier) => {
    first ??= dossier['assigned_to'] ?? undefined;
    dossier['assigned_to'] &&= first;
  })(fetch, name);
};

export default defineRule({
  id: 'dossiers/assigned-to-any',
  level: 'MUST',
  verifies: ['LG-DOS-037'],
  sentence: 'Of several members each can be assigned to, and the list shows which one.',
  needs: ['fresh-organizations', 'more-members'],
  check: async (world) => {
    const home = await world.organization();
    const more = [await home.createMember('Joris Smit'), await home.createMember('Iris Maas')];
    const members = [...home.members, ...more];
    for (const type of dossierTypes(world.contract)) {
      for (const [index, assigned_to] of members.entries()) {
        const draft = { type, name: `Assigned from the start, ${String(index + 1)}`, assigned_to };
        expectKept(await createAndSee(world, home, draft), { assigned_to }, ['listed']);
      }
    }
  },
  liar: onlyOne(),
});
