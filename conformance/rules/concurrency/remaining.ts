import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule } from '../../rule.ts';
import { remainingOf } from '../../world/allowance.ts';
import { atOnce, times } from '../../world/at-once.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'concurrency/remaining',
  level: 'SHOULD',
  verifies: ['LG-LIM-015'],
  sentence: 'Requests at the same moment lower the remaining allowance by one each.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect, acceptances }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    const count = 12;
    await home.setRateLimit(count, 3_600);
    const send = () => client.send('listDossiers');
    const { won, lost } = await atOnce(
      { acceptances },
      times(count, () => send),
    );
    for (const exchange of lost) expect.success(exchange);
    const told = won.map(remainingOf).sort((a, b) => a - b);
    expectEqual(
      told,
      times(count, (index) => index),
      'the remaining allowances, each once,',
    );
  },
  // A server that tells all who come together the same.
  liar: onOverlap(['listDossiers'], (_, response) => {
    const headers = new Headers(response.headers);
    headers.set('x-ratelimit-remaining', '0');
    return new Response(response.body, { status: response.status, headers });
  }),
});
