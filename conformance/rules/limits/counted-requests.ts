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
import { confuseKeys } from '../../faults/access.ts';
import { type Fault, onAnswer } from '../../faults/inject.ts';
import { secondsToWait } from '../../http/pacing.ts';

const ownLimit = defineRule({
  id: 'limits/own-limit',
  level: 'MUST',
  verifies: ['LG-LIM-006'],
  sentence: 'The requests of one organisation use up nothing of another’s limit.',
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
  fault: confuseKeys(),
});

/** Lets the second key that it sees in when the limit is reached. */
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
  sentence: 'All keys of an organisation share one limit.',
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

/** Limits callers by their address, whoever they are. */
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
  sentence: 'Who has no key or no plan is told so, and never to slow down.',
  needs: ['free-plan', 'rate-limit', 'fresh-organizations'],
  check: async ({ contract, organization, clientWithoutWaits, expect }) => {
    const { requests } = rateLimitOf(contract);
    const free = await organization({ plan: 'free' });
    const client = clientWithoutWaits(await free.key());
    await free.setRateLimit(1, 3_600);
    for (let sent = 0; sent < 3; sent += 1) {
      expect.refusal(await client.send('listDossiers'), 402);
    }
    const stranger = clientWithoutWaits(`${contract.keyPrefix}unknown`);
    for (let sent = 0; sent <= requests; sent += 1) {
      expect.refusal(await stranger.send('listDossiers'), 401);
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
  sentence: 'Who has no key or no plan is shown no figures of a rate limit.',
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
  // It shows the figures of another plan.
  fault: onAnswer('all', ({ status, headers }) => {
    if (status === 402) headers.set('x-ratelimit-remaining', '600');
  }),
});

const refusalsCount = defineRule({
  id: 'limits/refusals-count',
  level: 'SHOULD',
  verifies: ['LG-LIM-018'],
  sentence: 'Requests count whatever their answer is.',
  needs: ['rate-limit', 'fresh-organizations', 'scoped-keys'],
  check: async ({ organization, clientWithoutWaits, expect }) => {
    const org = await organization();
    const weak = clientWithoutWaits(await org.key({ scopes: ['notes:read'] }));
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
      () => weak.send('listDossiers'),
    ];
    for (const send of refused) {
      const before = await remaining();
      await send();
      expectEqual(await remaining(), before - 2, 'what remains after a refusal and a success,');
    }
  },
  // Refusals are free: what remains is higher by those before.
  fault: (fetch, name) => {
    let free = 0;
    return onAnswer('all', ({ status, headers }) => {
      if (status >= 400) free += 1;
      const remaining = Number(headers.get('x-ratelimit-remaining'));
      headers.set('x-ratelimit-remaining', String(remaining + free));
    })(fetch, name);
  },
});

const requests = 3;

/** In seconds. */
const pause = 1.2;

/** Opens the next window with the refusals of the last one counted. */
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
  sentence: 'Requests that are refused for the rate limit neither count nor put off its end.',
  needs: ['rate-limit', 'fresh-organizations'],
  waits: true,
  check: async ({ organization, clientWithoutWaits, wait, expect }) => {
    const org = await organization();
    const client = clientWithoutWaits(await org.key());
    for (const seconds of shortWindows.slice(1)) {
      const { refusal } = await exhaustRateLimit(org, client, requests, [seconds, seconds, 27]);
      // Later than all that was served, so that what counts of it doesn't end with that.
      await wait(pause);
      const again = [];
      while (again.length < 3) again.push(await client.send('listDossiers'));
      // The window may have ended meanwhile: then these were its next requests.
      if (again.some(({ response }) => response.status !== 429)) continue;
      await wait(secondsToWait(refusal) - pause);
      const first = await client.send('listDossiers');
      expect.success(first);
      expectEqual(remainingOf(first), requests - 1, 'what remains in a new window,');
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
