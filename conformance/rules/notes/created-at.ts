import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { findNote, type Note } from '../../world/notes.ts';

export default defineRule({
  id: 'notes/created-at',
  level: 'SHOULD',
  verifies: ['LG-GEN-010'],
  sentence: 'A note tells the same moment everywhere, by the clock of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With a dated note' });
    const exchange = await home.all.send('createDossierNote', {
      path: { id },
      body: { content: 'Called' },
    });
    world.expect.success(exchange);
    const added = dataOf(exchange.json) as Note;
    const listed = await findNote(world, home, id, added.id);
    expectEqual(listed.created_at, added.created_at, 'created_at');
    // Both clocks are read to the second; an answer may take a while.
    const seconds =
      (Date.parse(exchange.response.headers['date'] ?? '') - Date.parse(added.created_at)) / 1000;
    expectThat(!(seconds < -1 || seconds > 60), 'the moment of the server', () => added.created_at);
  },
  // A server that shows when it last looked.
  liar: onData(['listDossierNotes'], (note) => {
    note['created_at'] = '2026-01-01T00:00:00Z';
  }),
});
