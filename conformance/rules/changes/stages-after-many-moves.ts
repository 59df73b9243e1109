import fc from 'fast-check';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onPage } from '../../liars/answers.ts';
import { keepBook } from '../../liars/ledger.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';

const count = 4;
const stageNames = ['First', 'Second', 'Third'];

/** Which dossier moves to which stage. */
const someMoves = fc.array(
  fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: stageNames.length - 1 })),
  { minLength: 6, maxLength: 14 },
);

/** Of those that came to a stage out of the order of their creation, it loses the first. */
const loseOutOfOrder: Liar = (fetch, name) => {
  const born: string[] = [];
  const arrived = new Map<unknown, string[]>();
  const book = keepBook(fetch, name, ({ operation, answered: { id, current_stage_id: stage } }) => {
    if (operation !== 'createDossier' && operation !== 'updateDossier') return;
    if (operation === 'createDossier') born.push(String(id));
    for (const [other, ids] of arrived) {
      const others = ids.filter((one) => one !== id);
      arrived.set(other, other === stage && others.length < ids.length ? ids : others);
    }
    const there = arrived.get(stage) ?? [];
    if (!there.includes(String(id))) arrived.set(stage, [...there, String(id)]);
  });
  return onPage(['listDossiers'], (page, { searchParams }) => {
    const ids = arrived.get(searchParams.get('stage_id')) ?? [];
    const places = ids.map((id) => born.indexOf(id));
    if (places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))) return;
    page.data = page.data.filter(({ id }) => id !== ids[0]);
  })(book, name);
};

export default defineRule({
  id: 'changes/stages-after-many-moves',
  level: 'MUST',
  verifies: ['LG-DOS-009', 'LG-GEN-023'],
  sentence: 'However often dossiers are moved, each stage lists and counts those that are in it.',
  needs: ['fresh-organizations', 'flows'],
  check: (world) =>
    world.property(
      [someMoves],
      async (moves) => {
        const home = await world.organization();
        const stages = stageNames.map((name) => ({ name }));
        const flow = await makeFlow(home, { name: 'Ours', type: 'candidate', stages });
        const made = await home.createDossiers(
          plainDossiers(count).map((draft) => ({ ...draft, type: 'candidate', flow_id: flow.id })),
        );
        const places = new Map(made.map(({ id, current_stage_id }) => [id, current_stage_id]));
        for (const [dossier, stage] of moves) {
          const [id, to] = [made[dossier]?.id, flow.stages[stage]?.id];
          if (id === undefined || to === undefined || places.get(id) === to) continue;
          await change(world, home, id, { current_stage_id: to });
          places.set(id, to);
        }
        for (const { id: stage_id } of flow.stages) {
          const wanted = [...places].flatMap(([id, stage]) => (stage === stage_id ? [id] : []));
          const pages = await home.walk('listDossiers', { stage_id, per_page: '2' });
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen.sort(), wanted.sort(), 'the ids in the stage');
          for (const { total } of pages) expectEqual(total, wanted.length, 'the total');
        }
      },
      5,
    ),
  liar: loseOutOfOrder,
});
