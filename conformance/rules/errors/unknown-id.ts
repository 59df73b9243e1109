import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectPermittedRefusal, type Reason } from '../../world/permitted-refusals.ts';
import { isUuid, unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'errors/unknown-id',
  level: 'MUST',
  verifies: ['LG-ERR-016', 'LG-ERR-004', 'LG-ERR-008'],
  sentence: 'A path with a well-formed id of nothing is not found.',
  needs: [],
  check: async (world) => {
    const { operations, organization, expect } = world;
    const home = await organization();
    for (const { id, parameters } of operations) {
      for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
        const request = await home.prepare(id);
        const known = request.path?.[name] ?? '';
        const path = { ...request.path, [name]: unknownIdLike(known) };
        // Of another form than a UUID, it may not be well-formed after all.
        const reasons: readonly Reason[] = isUuid(known) ? [404] : ['LG-GEN-048'];
        expectPermittedRefusal(world, await home.all.send(id, { ...request, path }), reasons);
        expect.success(await home.all.send(id, request));
      }
    }
  },
  // A flow that isn't there has no stages.
  liar: onAnswer(['listFlowStages'], (answer) => {
    if (answer.status !== 404) return;
    answer.status = 200;
    answer.body = { data: [], meta: { total: 0, page: 1, per_page: 0 } };
  }),
});
