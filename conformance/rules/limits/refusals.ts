import { exhaustOnlyLimit, exhaustRateLimit } from '../../assertions/rate-limit.ts';
import { aForm, snapshotOf } from '../../assertions/refusals.ts';
import { prepareVisibleRequest } from '../../assertions/requests.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { writes } from '../../contract/operations.ts';
import { onAnswer } from '../../faults/inject.ts';
import { refuseButApplyLater } from '../../faults/partial-writes.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import type { Exchange } from '../../http/exchange.ts';

const refusal = defineRule({
  id: 'limits/refusal',
  level: 'MUST',
  verifies: ['LG-LIM-001', 'LG-ERR-010'],
  sentence: 'A request beyond the rate limit is refused, whatever it asks for.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ operations, organization, clientWithoutWaits, clientWith, expect, wait }) => {
    const org = await organization();
    const key = await org.key();
    const [client, patient] = [clientWithoutWaits(key), clientWith(key)];
    for (const { id } of operations) {
      const request = await org.prepare(id);
      // By listings: whether requests that are refused count is not said.
      await exhaustOnlyLimit(org, client, 3, wait);
      expect.refusal(await client.send(id, request), 429);
      // Room for the preparations of the next one.
      await org.setRateLimit(100, 60);
      // A second limit, such as one for bursts, may have to be waited out (LG-LIM-020).
      expect.success(await patient.send(id, await org.prepare(id)));
    }
  },
  fault: acceptRefused(429),
});

const nothingDone = defineRule({
  id: 'limits/nothing-done',
  level: 'MUST',
  verifies: ['LG-LIM-005'],
  sentence: 'Whatever it asks for, a request beyond the rate limit changes nothing.',
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
      expectEqual(await snapshotOf(org), before, `what there was before ${id},`);
      expect.success(await org.all.send(id, request));
    }
  },
  // A server that puts off what it refuses.
  fault: refuseButApplyLater(429),
});

const noEffect = defineRule({
  id: 'limits/no-effect',
  level: 'MUST',
  verifies: ['LG-LIM-005'],
  sentence: 'What is refused for the rate limit is not done.',
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
    expectEqual(pageOf(list).total, made, 'as many dossiers as creations that were let in,');
  },
  fault: refuseButApplyLater(429),
});

const forms = defineRule({
  id: 'limits/forms',
  level: 'MUST',
  verifies: ['LG-LIM-001', 'LG-LIM-005'],
  sentence: 'The rate limit holds for forms too: beyond it they are refused and do nothing.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    let made = 0;
    const create = async () => {
      const exchange = await client.send('createDossier', aForm(`Noor Bakker ${String(made + 1)}`));
      if (exchange.response.status === 429) return exchange;
      expect.success(exchange);
      made += 1;
      return exchange;
    };
    const { refusal } = await exhaustRateLimit(org, client, 2, undefined, create);
    expect.refusal(refusal, 429);
    await org.setRateLimit(100, 60);
    const list = await org.all.send('listDossiers');
    expect.success(list);
    expectEqual(pageOf(list).total, made, 'as many dossiers as forms that were let in,');
  },
  fault: refuseButApplyLater(429),
});

const expectAdvice = ({ response }: Exchange): void => {
  if (response.status !== 429) return;
  const told = (response.headers['retry-after'] ?? '') !== '';
  expectThat(told, 'a Retry-After header on a 429', () => 'none');
};

const retryAfter = defineRule({
  id: 'limits/retry-after',
  level: 'MUST',
  verifies: ['LG-LIM-002'],
  sentence: 'Every refusal for the rate limit says when to try again.',
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
  fault: onAnswer(['listFlows'], ({ headers }) => {
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
    // Windows of part of a second tempt to round down to 0.
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
  fault: onAnswer('all', ({ status, headers }) => {
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
