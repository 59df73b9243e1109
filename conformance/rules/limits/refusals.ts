import { exhaustOnlyLimit, exhaustRateLimit } from '../../assertions/rate-limit.ts';
import { expectStatusOfCode, formRequest, snapshotOf } from '../../assertions/refusals.ts';
import { prepareVisibleRequest } from '../../assertions/requests.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { writes } from '../../contract/operations.ts';
import { onResponse } from '../../faults/inject.ts';
import { refuseButApplyLater } from '../../faults/partial-writes.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import type { Exchange } from '../../http/exchange.ts';

const refusal = defineRule({
  id: 'limits/refusal',
  level: 'MUST',
  verifies: ['LG-LIM-001', 'LG-ERR-010'],
  sentence: 'A request above the rate limit is refused, whatever its operation.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async (context) => {
    const { operations, organization, clientWithoutWaits, clientWith } = context;
    const { expect, wait, about } = context;
    const org = await organization();
    const key = await org.key();
    const [client, patient] = [clientWithoutWaits(key), clientWith(key)];
    for (const { id } of operations) {
      const request = await org.prepare(id);
      // With listings: whether refused requests count isn't documented.
      about('LG-LIM-001');
      await exhaustOnlyLimit(org, client, 3, wait);
      const exchange = await client.send(id, request);
      about('LG-ERR-010');
      expectStatusOfCode(context, exchange, 429);
      about('LG-LIM-001');
      expect.refusal(exchange, 429);
      // Leaves room for the setup of the next one.
      await org.setRateLimit(100, 60);
      // A second limit, such as one for bursts, may have to end first (LG-LIM-020).
      expect.success(await patient.send(id, await org.prepare(id)));
    }
  },
  fault: acceptRefused(429),
});

const nothingDone = defineRule({
  id: 'limits/nothing-done',
  level: 'MUST',
  verifies: ['LG-LIM-005'],
  sentence: 'A request above the rate limit has no effect, whatever its operation.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async (context) => {
    const { operations, organization, clientWithoutWaits, expect, wait } = context;
    for (const { id } of writes(operations)) {
      const org = await organization();
      const client = clientWithoutWaits(await org.key());
      const request = await prepareVisibleRequest(org, id);
      const before = await snapshotOf(org);
      await exhaustOnlyLimit(org, client, 2, wait);
      expect.refusal(await client.send(id, request), 429);
      await org.setRateLimit(1_000, 60);
      expectEqual(await snapshotOf(org), before, `the same state as before ${id},`);
      expect.success(await org.all.send(id, request));
    }
  },
  // A server that applies refused requests later.
  fault: refuseButApplyLater(429),
});

const noEffect = defineRule({
  id: 'limits/no-effect',
  level: 'MUST',
  verifies: ['LG-LIM-005'],
  sentence: 'A creation that is refused with 429 has no effect.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    let made = 0;
    const create = async (name = `Noor Bakker ${String(made + 1)}`) => {
      const exchange = await client.send('createDossier', { body: { type: 'candidate', name } });
      if (exchange.response.status === 429) return exchange;
      expect.success(exchange);
      made += 1;
      return exchange;
    };
    const { refusal } = await exhaustRateLimit(org, client, 2, undefined, create);
    expect.refusal(refusal, 429);
    await create('Iris Tulp');
    await org.setRateLimit(100, 60);
    const list = await org.all.send('listDossiers');
    expect.success(list);
    expectEqual(pageOf(list).total, made, 'as many dossiers as successful creations,');
  },
  fault: refuseButApplyLater(429),
});

const forms = defineRule({
  id: 'limits/forms',
  level: 'MUST',
  verifies: ['LG-LIM-001', 'LG-LIM-005'],
  sentence: 'A form above the rate limit is refused and has no effect.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect, about }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    let made = 0;
    const create = async () => {
      const exchange = await client.send(
        'createDossier',
        formRequest(`Noor Bakker ${String(made + 1)}`),
      );
      if (exchange.response.status === 429) return exchange;
      expect.success(exchange);
      made += 1;
      return exchange;
    };
    about('LG-LIM-001');
    const { refusal } = await exhaustRateLimit(org, client, 2, undefined, create);
    expect.refusal(refusal, 429);
    about('LG-LIM-005');
    await org.setRateLimit(100, 60);
    const list = await org.all.send('listDossiers');
    expect.success(list);
    expectEqual(pageOf(list).total, made, 'as many dossiers as successful forms,');
  },
  fault: refuseButApplyLater(429),
});

const expectAdvice = ({ response }: Exchange): void => {
  if (response.status !== 429) return;
  const hasRetryAfter = (response.headers['retry-after'] ?? '') !== '';
  expectThat(hasRetryAfter, 'a Retry-After header on a 429', () => 'none');
};

const retryAfter = defineRule({
  id: 'limits/retry-after',
  level: 'MUST',
  verifies: ['LG-LIM-002'],
  sentence: 'Every 429 response has a Retry-After header.',
  needs: ['spendable-rate-limit'],
  check: async ({ operations, organization, clientWithoutWaits }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    const ready = [];
    for (const { id } of operations) ready.push({ id, request: await org.prepare(id) });
    const { refusal } = await exhaustRateLimit(org, client, 2);
    expectAdvice(refusal);
    for (const { id, request } of ready) expectAdvice(await client.send(id, request));
  },
  fault: onResponse(['listFlows'], ({ headers }) => {
    headers.delete('retry-after');
  }),
});

const retryAfterForm = defineRule({
  id: 'limits/retry-after-form',
  level: 'SHOULD',
  verifies: ['LG-LIM-004'],
  sentence: 'Retry-After is a whole number of seconds, at least 1.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    // Windows shorter than a second could be rounded down to 0.
    for (const windows of [
      [60, 600],
      [1.5, 2.5, 10.5],
    ]) {
      const { refusal } = await exhaustRateLimit(org, client, 1, windows);
      const value = refusal.response.headers['retry-after'] ?? '';
      const right = /^[1-9]\d*$/.test(value);
      expectThat(right, 'a whole number of seconds as Retry-After', () => `"${value}"`);
    }
  },
  fault: onResponse('all', ({ status, headers }) => {
    const seconds = Number(headers.get('retry-after'));
    if (status === 429 && seconds < 10) headers.set('retry-after', String(seconds - 0.5));
  }),
});

export default [
  refusal,
  nothingDone,
  noEffect,
  forms,
  retryAfter,
  retryAfterForm,
] satisfies readonly Rule[];
