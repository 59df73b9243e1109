import { awkwardTexts } from '../../arbitraries/text.ts';
import { loseBelongings } from '../../liars/losses.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, contentsOn } from '../../world/notes.ts';

export default defineRule({
  id: 'archiving/kept-notes',
  level: 'MUST',
  verifies: ['LG-DOS-097'],
  sentence: 'A dossier that was deleted and restored has its notes again, to the letter.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'With notes to keep' });
      for (const [index, content] of awkwardTexts.slice(0, 10).entries()) {
        await addNote(world, home, id, { content, is_internal: index % 2 === 0 });
      }
      const before = await contentsOn(world, home, id);
      await archive(world, home, id);
      await change(world, home, id, { status: 'active' });
      expectEqual(await contentsOn(world, home, id), before, 'the notes as before,');
    }
  },
  liar: loseBelongings('listDossierNotes'),
});
