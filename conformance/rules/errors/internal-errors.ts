import type { OperationId } from '../../../openapi/contract.ts';
import { expectStatusOfCode, snapshotOf } from '../../assertions/refusals.ts';
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
  check: async (context) => {
    const { operations, organization, expect, about } = context;
    const org = await organization();
    const failAt = async (id: OperationId): Promise<Exchange> => {
      const request = await org.prepare(id);
      await org.failNext('request');
      return org.all.send(id, request);
    };
    for (const { id, method } of operations) {
      const first = await failAt(id);
      // A client repeats a GET when its connection ends, so the failure may have hit the first
      // attempt.
      const missed = method === 'GET' && first.response.status < 300;
      const failed = missed ? await failAt(id) : first;
      about('LG-ERR-011');
      expectStatusOfCode(context, failed, 500);
      about('LG-ERR-020');
      expect.refusal(failed, 500);
      // A separate request, since whether the failed one had an effect is a decision.
      expect.success(await org.all.send(id, await org.prepare(id)));
    }
  },
  // A server that returns a 4xx for its own failures.
  fault: onError((error, mutable) => {
    if (mutable.status !== 500) return;
    mutable.status = 400;
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
  sentence: 'Sending a request again after a 500 has the effect of one success at most.',
  needs: ['faults', 'fresh-organizations'],
  check: async (context) => {
    for (const { id } of writes(context.operations)) {
      const [org, control] = [await context.organization(), await context.organization()];
      const request = await prepareVisibleRequest(org, id);
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        await org.failNext('request');
        await org.all.send(id, request);
      }
      // The second response may refer to the first attempt, so only the state is compared.
      await org.all.send(id, request);
      context.expect.success(await control.all.send(id, await prepareVisibleRequest(control, id)));
      const once = await snapshotOf(control);
      expectEqual(await snapshotOf(org), once, `the state after ${id}, as after one success,`);
    }
  },
  // A server that fails after it has written everything.
  fault: failButApply(500),
});

export default [internal, nothingDone, safeRetry] satisfies readonly Rule[];
