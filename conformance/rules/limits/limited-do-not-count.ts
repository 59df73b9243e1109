import { defineRule, type Liar } from '../../rule.ts';
import { exhaust, letInTooSoon, remainingOf, shortWindows } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';
import { secondsToWait } from '../../world/retry-after.ts';

const requests = 3;
/** In seconds. */
const pause = 1.2;

/** Opens the next window with the refusals of the last one counted. */
const rememberRefusals: Liar = (fetch) => {
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

export default defineRule({
  id: 'limits/limited-do-not-count',
  level: 'SHOULD',
  verifies: ['LG-LIM-018'],
  sentence: 'Requests that are refused for the rate limit neither count nor put off its end.',
  needs: ['rate-limit', 'fresh-organizations'],
  waits: true,
  check: async ({ organization, impatientClientWith, wait, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    for (const seconds of shortWindows.slice(1)) {
      const { refusal } = await exhaust(home, client, requests, [seconds, seconds, 27]);
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
    throw letInTooSoon();
  },
  liar: rememberRefusals,
});
