import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { addNote } from '../../world/notes.ts';
import { pageOf } from '../../world/pages.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'notes/total',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-018'],
  sentence: 'The list of notes of a dossier tells how many there are, at any time.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Whose notes are counted' });
    const other = await home.createDossier({ type: 'candidate', name: 'Whose notes are others' });
    await addNote(world, home, other.id, { content: 'Not one of them' });
    const count = async () => {
      const exchange = await home.all.send('listDossierNotes', { path: { id } });
      world.expect.success(exchange);
      const { items, total, page, perPage } = pageOf(exchange);
      expectEqual(total, items.length, 'meta.total of the notes on one page');
      expectEqual(page ?? 1, 1, 'meta.page');
      const fits = (perPage ?? items.length) >= items.length;
      expectThat(fits, 'a meta.per_page of as many as are shown', () => perPage);
      return total;
    };
    const before = await count();
    for (const is_internal of [true, false, true]) {
      await addNote(world, home, id, { content: 'One more', is_internal });
    }
    expectEqual(await count(), before + 3, 'meta.total after three notes');
    // Whether there are pages is a matter of decisions; what lies on others counts in any case.
    for (const page of ['1', '2']) {
      const query = { page, per_page: '2' };
      const exchange = await home.all.send('listDossierNotes', { path: { id }, query });
      // Parameters that this list isn't documented with may be refused as unknown.
      if (isPermittedRefusal(world, exchange, ['LG-GEN-027'])) continue;
      world.expect.success(exchange);
      expectEqual(pageOf(exchange).total, before + 3, `meta.total on page ${page}`);
    }
  },
  // A server that counts what everybody may read.
  liar: onPage(['listDossierNotes'], ({ data, meta }) => {
    meta['total'] = data.filter((note) => note['is_internal'] === false).length;
  }),
});
