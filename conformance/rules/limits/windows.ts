import {
  exhaustRateLimit,
  expectServed,
  remainingOf,
  shortWindows,
} from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { rateLimitOf } from '../../contract/operations.ts';
import { type Fault, onResponse } from '../../faults/inject.ts';
import { secondsToWait } from '../../http/pacing.ts';

/** A server that locks an API key after its first 429. */
const lockAfterRefusal: Fault = (fetch) => {
  const locked = new Map<string | null, Response>();
  return async (request) => {
    const key = request.headers.get('authorization');
    const response = locked.get(key) ?? (await fetch(request));
    if (response.status === 429) locked.set(key, response.clone());
    return response;
  };
};

const recovery = defineRule({
  id: 'limits/recovery',
  level: 'MUST',
  verifies: ['LG-LIM-003'],
  sentence: 'Once the time in Retry-After has passed, requests are served again.',
  needs: ['spendable-rate-limit'],
  waits: true,
  check: async ({ organization, clientWithoutWaits, wait, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    // Longer than the shortest Retry-After, so that a value that is too low fails.
    const windows = shortWindows.filter((seconds) => seconds > 1);
    const { refusal } = await exhaustRateLimit(org, client, 2, windows);
    await wait(secondsToWait(refusal));
    const later = await client.send('listDossiers');
    expectServed(org, later);
    expect.success(later);
  },
  fault: lockAfterRefusal,
});

const requests = 4;

const fixedWindow = defineRule({
  id: 'limits/fixed-window',
  level: 'SHOULD',
  verifies: ['LG-LIM-008'],
  sentence: 'At the end of a window the full limit is available again at once.',
  needs: ['rate-limit', 'fresh-organizations'],
  waits: true,
  check: async ({ organization, clientWithoutWaits, wait, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    let sent = 0;
    // A pause of more than a second after the first request: a sliding window would give back that
    // one while the others still count, although Retry-After has whole seconds.
    const send = async () => {
      sent += 1;
      if (sent % (requests + 1) === 2) await wait(1.2);
      return client.send('listDossiers');
    };
    const { refusal } = await exhaustRateLimit(org, client, requests, shortWindows.slice(1), send);
    await wait(secondsToWait(refusal));
    const first = await client.send('listDossiers');
    expect.success(first);
    expectEqual(
      remainingOf(first),
      requests - 1,
      'X-RateLimit-Remaining after the first request of a new window,',
    );
  },
  // A server whose limit recovers gradually.
  fault: onResponse('all', ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - 2)));
  }),
});

const growthFigures = defineRule({
  id: 'limits/growth-figures',
  level: 'SHOULD',
  verifies: ['LG-LIM-008'],
  sentence:
    'On the Growth plan, an organisation can send the documented number of requests in each window.',
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
      // On a slow connection the window ends before the limit is reached, but the headers still
      // show it.
      if (remaining > left) return;
      expectThat(left > 0, `a refusal after ${String(requests)} requests`, () => remaining);
      left -= 1;
      exchange = await client.send('listFlows');
    }
    expectEqual(left, 0, 'X-RateLimit-Remaining at the first refusal,');
    const seconds = Math.floor(secondsToWait(exchange));
    // A date is rounded to the second.
    const within = seconds >= 1 && seconds <= windowSeconds + 1;
    expectThat(within, `a window of at most ${String(windowSeconds)} seconds`, () => seconds);
  },
  fault: onResponse('all', ({ headers }) => {
    headers.set('x-ratelimit-limit', '1000');
  }),
});

export default [recovery, fixedWindow, growthFigures] satisfies readonly Rule[];
