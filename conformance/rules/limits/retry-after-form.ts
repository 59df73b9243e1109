import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/retry-after-form',
  level: 'SHOULD',
  verifies: ['LG-LIM-004'],
  sentence: 'Retry-After is a whole number of seconds, at least 1.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    // Windows of part of a second tempt to round down to 0.
    for (const windows of [
      [60, 600],
      [1.5, 2.5, 10.5],
    ]) {
      const { refusal } = await exhaust(home, client, 1, windows);
      const value = refusal.response.headers['retry-after'] ?? '';
      const right = /^[1-9]\d*$/.test(value);
      expectThat(right, 'a whole number of seconds as Retry-After', () => `"${value}"`);
    }
  },
  liar: onAnswer('all', ({ status, headers }) => {
    const seconds = Number(headers.get('retry-after'));
    if (status === 429 && seconds < 10) headers.set('retry-after', String(seconds - 0.5));
  }),
});
