import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';

export default defineRule({
  id: 'changes/contact-person',
  level: 'MUST',
  verifies: ['LG-DOS-075'],
  sentence: 'A sales dossier that gets another contact person, or its first, has that one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText(), aText()], async (first, second) => {
      const { id } = await home.createDossier({ type: 'sales', name: 'With changing persons' });
      for (const contact_person of [first, second]) {
        const after = await changeAndSee(world, home, id, { contact_person });
        expectChanged(after, { contact_person });
      }
    });
  },
  liar: overlook('updateDossier', 'contact_person'),
});
