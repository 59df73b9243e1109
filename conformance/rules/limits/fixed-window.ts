import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust, remainingOf, shortWindows } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';
import { secondsToWait } from '../../world/retry-after.ts';

const requests = 4;

export default defineRule({
  id: 'limits/fixed-window',
  level: 'SHOULD',
  verifies: ['LG-LIM-008'],
  sentence: 'At the end of a window the whole allowance is there again, all at once.',
  needs: ['rate-limit', 'fresh-organizations'],
  waits: true,
  check: async ({ organization, impatientClientWith, wait, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    let sent = 0;
    // A pause of more than a second after the first request lets a sliding window give that one
    // back when the others are still gone, though Retry-After is told in whole seconds.
    const send = async () => {
      sent += 1;
      if (sent % (requests + 1) === 2) await wait(1.2);
      return client.send('listDossiers');
    };
    const { refusal } = await exhaust(home, client, requests, shortWindows.slice(1), send);
    await wait(secondsToWait(refusal));
    const first = await client.send('listDossiers');
    expect.success(first);
    expectEqual(remainingOf(first), requests - 1, 'what remains after the first of a new window,');
  },
  // Allowance flows back bit by bit.
  liar: onAnswer('all', ({ headers }) => {
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    headers.set('x-ratelimit-remaining', String(Math.max(0, remaining - 2)));
  }),
});
