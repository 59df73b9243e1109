import type { OperationId } from '../../../openapi/contract.ts';
import { snapshotOf } from '../../assertions/refusals.ts';
import { prepareVisibleRequest } from '../../assertions/requests.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { writes } from '../../contract/operations.ts';
import { onError } from '../../faults/inject.ts';
import { failButApply } from '../../faults/partial-writes.ts';
import type { Exchange } from '../../http/exchange.ts';

const internal = defineRule({
  id: 'errors/internal',
  level: 'MUST',
  verifies: ['LG-ERR-011', 'LG-ERR-020'],
  sentence: 'A failure inside the server returns 500 internal, whatever the operation.',
  needs: ['faults', 'fresh-organizations'],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    const failAt = async (id: OperationId): Promise<Exchange> => {
      const request = await org.prepare(id);
      await org.failNext('request');
      return org.all.send(id, request);
    };
    for (const { id, method } of operations) {
      const first = await failAt(id);
      // A GET is sent again when its connection ends; then the failure may have met the first one.
      const missed = method === 'GET' && first.response.status < 300;
      expect.refusal(missed ? await failAt(id) : first, 500);
      // A request of its own: whether the other was done after all is a matter of decisions.
      expect.success(await org.all.send(id, await org.prepare(id)));
    }
  },
  // A server that blames the caller.
  fault: onError((error, answer) => {
    if (answer.status !== 500) return;
    answer.status = 400;
    error['code'] = 'invalid_body';
  }),
});

const nothingDone = defineRule({
  id: 'errors/nothing-done',
  level: 'SHOULD',
  verifies: ['LG-ERR-022'],
  sentence: 'A request that ends with 500 has changed nothing.',
  needs: ['faults', 'fresh-organizations'],
  check: async (context) => {
    for (const { id } of writes(context.operations)) {
      const org = await context.organization();
      const request = await prepareVisibleRequest(org, id);
      const before = await snapshotOf(org);
      await org.failNext('request');
      context.expect.refusal(await org.all.send(id, request), 500);
      expectEqual(await snapshotOf(org), before, `the same state as before ${id},`);
      context.expect.success(await org.all.send(id, request));
    }
  },
  fault: failButApply(500),
});

const safeRetry = defineRule({
  id: 'errors/safe-retry',
  level: 'MUST',
  verifies: ['LG-ERR-021'],
  sentence: 'A request that ended with 500 and is sent again has no more effect than one success.',
  needs: ['faults', 'fresh-organizations'],
  check: async (context) => {
    for (const { id } of writes(context.operations)) {
      const [org, twin] = [await context.organization(), await context.organization()];
      const request = await prepareVisibleRequest(org, id);
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        await org.failNext('request');
        await org.all.send(id, request);
      }
      // Who did it at the first attempt may say so of the last; what counts is what is there.
      await org.all.send(id, request);
      context.expect.success(await twin.all.send(id, await prepareVisibleRequest(twin, id)));
      const once = await snapshotOf(twin);
      expectEqual(await snapshotOf(org), once, `after ${id}, as after one success,`);
    }
  },
  // A server that fails after it has written everything.
  fault: failButApply(500),
});

export default [internal, nothingDone, safeRetry] satisfies readonly Rule[];
