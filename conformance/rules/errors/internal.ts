import type { OperationId } from '../../../openapi/contract.ts';
import { onError } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import type { Exchange } from '../../world/exchange.ts';

export default defineRule({
  id: 'errors/internal',
  level: 'MUST',
  verifies: ['LG-ERR-011', 'LG-ERR-020'],
  sentence: 'A failure inside the server is answered 500 internal, whatever the operation.',
  needs: ['faults', 'fresh-organizations'],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    const failAt = async (id: OperationId): Promise<Exchange> => {
      const request = await home.prepare(id);
      await home.failNext('request');
      return home.all.send(id, request);
    };
    for (const { id, method } of operations) {
      const first = await failAt(id);
      // A GET is sent again when its connection ends; then the failure may have met the first one.
      const missed = method === 'GET' && first.response.status < 300;
      expect.refusal(missed ? await failAt(id) : first, 500);
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
