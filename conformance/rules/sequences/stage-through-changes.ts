import { onPage } from '../../liars/answers.ts';
import { keepBook } from '../../liars/ledger.ts';
import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { aChange, aMove, anArchiving, aStatusChange } from '../../model/commands/dossiers.ts';
import { aNewDossier } from '../../model/commands/new-dossiers.ts';
import { aListing, aListOfStage } from '../../model/commands/readings.ts';
import { aRefusal } from '../../model/commands/refusals.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Keeps its lists by stage in a table that archived dossiers drop out of for good. */
const dropFromStages: Liar = (fetch, name) => {
  const archived = new Set<unknown>();
  const bend = onPage(['listDossiers'], (page, url) => {
    if (!url.searchParams.has('stage_id')) return;
    const left = page.data.filter(({ id, status }) => status === 'archived' || !archived.has(id));
    page.meta['total'] = Number(page.meta['total']) - (page.data.length - left.length);
    page.data.splice(0, page.data.length, ...left);
  });
  const book = keepBook(fetch, name, ({ operation, ids: [id], sent }) => {
    if (operation === 'archiveDossier' || sent['status'] === 'archived') archived.add(id);
    if ('current_stage_id' in sent) archived.delete(id);
  });
  return bend(book, name);
};

export default defineRule({
  id: 'sequences/stage-through-changes',
  level: 'MUST',
  verifies: ['LG-DOS-002', 'LG-DOS-003', 'LG-DOS-009', 'LG-DOS-083', 'LG-DOS-084'],
  sentence:
    'A dossier is in one stage of its flow at any time, and is listed there and nowhere else.',
  needs: ['fresh-organizations', 'flows'],
  check: (world) =>
    runSequences(world, {
      prepare: async (home) => {
        for (const flow of plainFlows(2)) await home.createFlow(flow);
      },
      commands: weighted(
        [3, aMove()],
        [3, aStatusChange(world.contract)],
        [2, anArchiving()],
        [1, aNewDossier()],
        [1, aChange()],
        [1, aRefusal()],
        [3, aListOfStage()],
        [1, aListing(world.contract)],
      ),
      aspects: ['fields', 'stages', 'lists'],
      prelude: someOfEach,
    }),
  liar: dropFromStages,
});
