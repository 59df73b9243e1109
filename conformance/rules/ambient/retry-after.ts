import { defineAmbientRule, type Liar } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';

/** Refuses some for the rate limit, and gives no time. */
const refuseWithoutTime: Liar = (fetch) => {
  let sent = 0;
  return async (request) => {
    sent += 1;
    if (sent % 5 !== 0) return fetch(request);
    const error = { code: 'rate_limited', message: 'Later.' };
    return Response.json({ error }, { status: 429 });
  };
};

export default defineAmbientRule({
  id: 'ambient/retry-after',
  level: 'MUST',
  verifies: ['LG-LIM-002'],
  sentence: 'Every 429 has a Retry-After header, whatever it was that was refused.',
  inspect: ({ response: { status, headers } }) => {
    if (status !== 429) return false;
    const present = (headers['retry-after'] ?? '') !== '';
    expectThat(present, 'a Retry-After header on a 429', () => 'none');
    return true;
  },
  liar: refuseWithoutTime,
});
