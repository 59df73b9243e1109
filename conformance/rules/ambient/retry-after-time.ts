import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { readRetryAfter } from '../../world/retry-after.ts';

export default defineAmbientRule({
  id: 'ambient/retry-after-time',
  level: 'MUST',
  verifies: ['LG-LIM-021'],
  sentence: 'Retry-After gives a time as HTTP defines it: whole seconds or an HTTP date.',
  inspect: ({ response: { status, headers } }) => {
    const { 'retry-after': value = '' } = headers;
    // That there is none is another matter: LG-LIM-002.
    if (status !== 429 || value === '') return false;
    const isTime = readRetryAfter(value, undefined, 0) !== undefined;
    expectThat(isTime, 'whole seconds or an HTTP date as Retry-After', () => `"${value}"`);
    return true;
  },
  liar: onAnswer('all', ({ status, headers }) => {
    if (status === 429) headers.set('retry-after', 'soon');
  }),
});
