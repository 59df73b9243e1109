import { onError } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'errors/internal',
  level: 'MUST',
  verifies: ['LG-ERR-011', 'LG-ERR-020'],
  sentence: 'A failure inside the server is answered 500 internal, whatever the operation.',
  needs: ['faults', 'fresh-organizations'],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id } of operations) {
      const request = await home.prepare(id);
      await home.failNext('request');
      expect.refusal(await home.all.send(id, request), 500);
      // A request of its own: whether the other was done after all is a matter of decisions.
      expect.success(await home.all.send(id, await home.prepare(id)));
    }
  },
  // A server that blames the caller.
  liar: onError((error, answer) => {
    if (answer.status !== 500) return;
    answer.status = 400;
    error['code'] = 'invalid_body';
  }),
});
