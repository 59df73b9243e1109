import {
  exhaustRateLimit,
  remainingOf,
  shortWindows,
  windowTooShort,
} from '../../assertions/rate-limit.ts';
import { sendUnknownRoute } from '../../assertions/requests.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { rateLimitOf } from '../../contract/operations.ts';
import { treatKeysAsFirst } from '../../faults/access.ts';
import { type Fault, onResponse } from '../../faults/inject.ts';
import { secondsToWait } from '../../http/pacing.ts';

const ownLimit = defineRule({
  id: 'limits/own-limit',
  level: 'MUST',
  verifies: ['LG-LIM-006'],
  sentence: "Requests of one organisation don't count against the rate limit of another.",
  needs: ['rate-limit', 'fresh-organizations', 'second-organization'],
  check: async ({ organization, clientWithoutWaits }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [client, foreign] = [
      clientWithoutWaits(await ours.key()),
      clientWithoutWaits(await theirs.key()),
    ];
    await theirs.setRateLimit(3, 3_600);
    await exhaustRateLimit(ours, client, 3);
    const { response } = await foreign.send('listDossiers');
    const refused = response.status === 429;
    expectThat(!refused, 'no 429 for an organisation that sent nothing', () => response.status);
  },
  fault: treatKeysAsFirst(),
});

/** A server that exempts the second API key from the limit. */
const countByKey: Fault = (fetch) => {
  let first: string | null | undefined;
  return async (request) => {
    const response = await fetch(request);
    const key = request.headers.get('authorization');
    first ??= key;
    if (response.status !== 429 || key === first) return response;
    const page = { data: [], meta: { total: 0, page: 1, per_page: 25 } };
    return new Response(JSON.stringify(page), { status: 200, headers: response.headers });
  };
};

const sharedByKeys = defineRule({
  id: 'limits/shared-by-keys',
  level: 'SHOULD',
  verifies: ['LG-LIM-007'],
  sentence: 'All API keys of an organisation share one rate limit.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const [client, other] = [
      clientWithoutWaits(await org.key()),
      clientWithoutWaits(await org.key()),
    ];
    await exhaustRateLimit(org, client, 2);
    expect.refusal(await other.send('listDossiers'), 429);
    await org.setRateLimit(2, 60);
    expect.success(await other.send('listDossiers'));
  },
  fault: countByKey,
});

/** A server that limits callers by IP address. */
const limitStrangers: Fault = (fetch) => {
  let strangers = 0;
  return async (request) => {
    const response = await fetch(request);
    if (response.status === 401) strangers += 1;
    if (strangers <= 100) return response;
    const body = { error: { code: 'rate_limited', message: 'Slow down.' } };
    const headers = new Headers(response.headers);
    headers.set('retry-after', '1');
    return new Response(JSON.stringify(body), { status: 429, headers });
  };
};

const strangersUnlimited = defineRule({
  id: 'limits/strangers-unlimited',
  level: 'SHOULD',
  verifies: ['LG-LIM-019'],
  sentence:
    'A caller without a valid API key, or without a plan with API access, never gets a 429.',
  needs: ['free-plan', 'rate-limit', 'fresh-organizations'],
  check: async ({ contract, organization, clientWithoutWaits, expect }) => {
    const { requests } = rateLimitOf(contract);
    const free = await organization({ plan: 'free' });
    const client = clientWithoutWaits(await free.key());
    await free.setRateLimit(1, 3_600);
    for (let sent = 0; sent < 3; sent += 1) {
      expect.refusal(await client.send('listDossiers'), 402);
    }
    const unknownCaller = clientWithoutWaits(`${contract.keyPrefix}unknown`);
    for (let sent = 0; sent <= requests; sent += 1) {
      expect.refusal(await unknownCaller.send('listDossiers'), 401);
    }
    const org = await organization();
    expect.success(await org.all.send('listDossiers'));
  },
  fault: limitStrangers,
});

const strangersFigures = defineRule({
  id: 'limits/strangers-figures',
  level: 'SHOULD',
  verifies: ['LG-LIM-024'],
  sentence: 'A 401 or 402 response has no rate-limit headers.',
  needs: ['free-plan'],
  check: async ({ organization, clientWith, expect }) => {
    const org = await organization();
    const free = await organization({ plan: 'free' });
    for (const [status, client] of [
      [401, clientWith(undefined)],
      [402, free.all],
    ] as const) {
      const exchange = await client.send('listDossiers');
      expect.refusal(exchange, status);
      const { headers } = exchange.response;
      const shown = ['x-ratelimit-limit', 'x-ratelimit-remaining'].filter(
        (name) => name in headers,
      );
      expectThat(shown.length === 0, `no rate-limit header on ${String(status)}`, () => shown);
    }
    expect.success(await org.all.send('listDossiers'));
  },
  // A server that returns the rate-limit headers of another plan.
  fault: onResponse('all', ({ status, headers }) => {
    if (status === 402) headers.set('x-ratelimit-remaining', '600');
  }),
});

const refusalsCount = defineRule({
  id: 'limits/refusals-count',
  level: 'SHOULD',
  verifies: ['LG-LIM-018'],
  sentence: 'Every request counts towards the rate limit, whatever its response.',
  needs: ['rate-limit', 'fresh-organizations', 'scoped-keys'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const withoutScope = clientWithoutWaits(await org.key({ scopes: ['notes:read'] }));
    const client = clientWithoutWaits(await org.key());
    const remaining = async () => {
      const exchange = await client.send('listDossiers');
      expect.success(exchange);
      return remainingOf(exchange);
    };
    await org.setRateLimit(20, 3_600);
    const refused = [
      () => client.send('createDossier', { body: { type: 'neither', name: 'Noor' } }),
      () => client.send('getDossier', { path: { id: 'none' } }),
      () => sendUnknownRoute(client, 'GET', '/nothing'),
      () => withoutScope.send('listDossiers'),
    ];
    for (const send of refused) {
      const before = await remaining();
      await send();
      expectEqual(
        await remaining(),
        before - 2,
        'X-RateLimit-Remaining after a refusal and a success,',
      );
    }
  },
  // A server that doesn't count refused requests.
  fault: (fetch, name) => {
    let free = 0;
    return onResponse('all', ({ status, headers }) => {
      if (status >= 400) free += 1;
      const remaining = Number(headers.get('x-ratelimit-remaining'));
      headers.set('x-ratelimit-remaining', String(remaining + free));
    })(fetch, name);
  },
});

const requests = 3;

/** In seconds. */
const pause = 1.2;

/** A server that counts requests refused with 429 in the next window. */
const rememberRefusals: Fault = (fetch) => {
  let refused = 0;
  return async (request) => {
    const response = await fetch(request);
    if (response.status === 429) refused += 1;
    const remaining = Number(response.headers.get('x-ratelimit-remaining'));
    const headers = new Headers(response.headers);
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - refused)));
    return new Response(response.body, { status: response.status, headers });
  };
};

const limitedDoNotCount = defineRule({
  id: 'limits/limited-do-not-count',
  level: 'SHOULD',
  verifies: ['LG-LIM-018'],
  sentence: 'Requests that are refused with 429 neither count nor extend the window.',
  needs: ['rate-limit', 'fresh-organizations'],
  waits: true,
  check: async ({ organization, clientWithoutWaits, wait, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    for (const seconds of shortWindows.slice(1)) {
      const { refusal } = await exhaustRateLimit(org, client, requests, [seconds, seconds, 27]);
      // Later than the served requests, so that its own effect would end later.
      await wait(pause);
      const again = [];
      while (again.length < 3) again.push(await client.send('listDossiers'));
      // The window may have ended meanwhile: then these were requests of the next window.
      if (again.some(({ response }) => response.status !== 429)) continue;
      await wait(secondsToWait(refusal) - pause);
      const first = await client.send('listDossiers');
      expect.success(first);
      expectEqual(remainingOf(first), requests - 1, 'X-RateLimit-Remaining in a new window,');
      return;
    }
    throw windowTooShort();
  },
  fault: rememberRefusals,
});

export default [
  ownLimit,
  sharedByKeys,
  strangersUnlimited,
  strangersFigures,
  refusalsCount,
  limitedDoNotCount,
] satisfies readonly Rule[];
