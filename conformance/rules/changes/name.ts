import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';

export default defineRule({
  id: 'changes/name',
  level: 'MUST',
  verifies: ['LG-DOS-070'],
  sentence: 'A dossier of either type can be renamed, and again.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aType(), aText(), aText()], async (type, first, second) => {
      const { id } = await home.createDossier({ type, name: 'Yet to be renamed' });
      for (const name of [first, second]) {
        expectChanged(await changeAndSee(world, home, id, { name }), { name });
      }
    });
  },
  liar: overlook('updateDossier', 'name'),
});
