import { onAnswer } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { liveStatuses } from '../../world/archive.ts';
import { change, changeAndSee } from '../../world/changes.ts';
import { createMovables } from '../../world/moves.ts';

/** Refuses to move what is closed. */
const moveActiveOnly: Liar = (fetch, name) => {
  const closed = new Set<string>();
  return async (request) => {
    if (name(request.method, request.url) !== 'updateDossier') return fetch(request);
    const { url } = request;
    const { status, current_stage_id: stage } = (await request.clone().json()) as {
      status?: string;
      current_stage_id?: string;
    };
    if (status === 'active') closed.delete(url);
    else if (status !== undefined) closed.add(url);
    if (stage === undefined || !closed.has(url)) return fetch(request);
    const refuse = onAnswer(['updateDossier'], (answer) => {
      answer.status = 400;
      answer.body = { error: { code: 'invalid_body', message: 'It is closed.' } };
    });
    return refuse(fetch, name)(new Request(request, { body: '{}' }));
  };
};

export default defineRule({
  id: 'changes/moves-of-closed',
  level: 'SHOULD',
  verifies: ['LG-DOS-086'],
  sentence: 'A dossier of any status can be moved to another stage.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, current_stage_id, others } of await createMovables(home, 'To be closed')) {
      const stages = [others[0], current_stage_id];
      // Whether an archived dossier can be changed at all is another decision (LG-DOS-100).
      for (const status of liveStatuses(world.contract)) {
        await change(world, home, id, { status });
        for (const stage of stages) {
          const moved = await changeAndSee(world, home, id, { current_stage_id: stage });
          expectChanged(moved, { current_stage_id: stage });
        }
      }
    }
  },
  liar: moveActiveOnly,
});
