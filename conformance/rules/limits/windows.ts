import {
  exhaustRateLimit,
  expectLetIn,
  remainingOf,
  shortWindows,
} from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { rateLimitOf } from '../../contract/operations.ts';
import { type Fault, onAnswer } from '../../faults/inject.ts';
import { secondsToWait } from '../../http/pacing.ts';

/** Locks a key out for good once it has gone too far. */
const holdGrudge: Fault = (fetch) => {
  const barred = new Map<string | null, Response>();
  return async (request) => {
    const key = request.headers.get('authorization');
    const response = barred.get(key) ?? (await fetch(request));
    if (response.status === 429) barred.set(key, response.clone());
    return response;
  };
};

const recovery = defineRule({
  id: 'limits/recovery',
  level: 'MUST',
  verifies: ['LG-LIM-003'],
  sentence: 'Once the time in Retry-After is over, requests are let in again.',
  needs: ['spendable-rate-limit'],
  waits: true,
  check: async ({ organization, clientWithoutWaits, wait, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    // Longer than the shortest wait that can be told, so that too short a one is found out.
    const windows = shortWindows.filter((seconds) => seconds > 1);
    const { refusal } = await exhaustRateLimit(org, client, 2, windows);
    await wait(secondsToWait(refusal));
    const later = await client.send('listDossiers');
    expectLetIn(org, later);
    expect.success(later);
  },
  fault: holdGrudge,
});

const requests = 4;

const fixedWindow = defineRule({
  id: 'limits/fixed-window',
  level: 'SHOULD',
  verifies: ['LG-LIM-008'],
  sentence: 'At the end of a window the whole allowance is there again, all at once.',
  needs: ['rate-limit', 'fresh-organizations'],
  waits: true,
  check: async ({ organization, clientWithoutWaits, wait, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    let sent = 0;
    // A pause of more than a second after the first request lets a sliding window give that one
    // back when the others are still gone, though Retry-After is told in whole seconds.
    const send = async () => {
      sent += 1;
      if (sent % (requests + 1) === 2) await wait(1.2);
      return client.send('listDossiers');
    };
    const { refusal } = await exhaustRateLimit(org, client, requests, shortWindows.slice(1), send);
    await wait(secondsToWait(refusal));
    const first = await client.send('listDossiers');
    expect.success(first);
    expectEqual(remainingOf(first), requests - 1, 'what remains after the first of a new window,');
  },
  // Allowance flows back bit by bit.
  fault: onAnswer('all', ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - 2)));
  }),
});

const growthFigures = defineRule({
  id: 'limits/growth-figures',
  level: 'SHOULD',
  verifies: ['LG-LIM-008'],
  sentence: 'On the Growth plan the contract’s number of requests may be sent in its window.',
  needs: ['fresh-organizations'],
  check: async ({ contract, organization, clientWithoutWaits, expect }) => {
    const { requests, windowSeconds } = rateLimitOf(contract);
    const client = clientWithoutWaits(await (await organization()).key());
    let left = requests;
    let exchange = await client.send('listFlows');
    while (exchange.response.status !== 429) {
      expect.success(exchange);
      expectEqual(exchange.response.headers['x-ratelimit-limit'], String(requests), 'the limit');
      const remaining = remainingOf(exchange);
      // On a slow way the window ends before the limit is reached: the figures show all the same.
      if (remaining > left) return;
      expectThat(left > 0, `a refusal after ${String(requests)} requests`, () => remaining);
      left -= 1;
      exchange = await client.send('listFlows');
    }
    expectEqual(left, 0, 'the allowance left at the first refusal,');
    const seconds = Math.floor(secondsToWait(exchange));
    // Where it is a date, it is rounded to the second.
    const within = seconds >= 1 && seconds <= windowSeconds + 1;
    expectThat(within, `a window of ${String(windowSeconds)} seconds at most`, () => seconds);
  },
  fault: onAnswer('all', ({ headers }) => {
    headers.set('x-ratelimit-limit', '1000');
  }),
});

export default [recovery, fixedWindow, growthFigures] satisfies readonly Rule[];
