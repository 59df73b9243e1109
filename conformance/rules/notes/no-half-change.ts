import { doHalf } from '../../liars/half-done.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote, contentsOn } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A note that is refused for one of its fields is not added.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With nothing half said' });
    await addNote(world, home, id, { content: 'Called' });
    const before = await contentsOn(world, home, id);
    const right = { content: 'Called again', is_internal: false };
    for (const offence of [{ is_internal: 'no' }, { is_internal: null }, { content: ['Called'] }]) {
      const request = { path: { id }, body: { ...right, ...offence } };
      world.expect.refusal(await home.all.send('createDossierNote', request), 400);
      expectEqual(await contentsOn(world, home, id), before, 'the notes as before,');
    }
    await addNote(world, home, id, right);
  },
  liar: doHalf('is_internal', 400),
});
