import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineAmbientRule({
  id: 'ambient/content-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-004'],
  sentence: 'Every answer is labelled as JSON.',
  inspect: ({ response }) => {
    const type = response.headers['content-type'] ?? '';
    expectThat(/^application\/json\s*(;|$)/i.test(type), 'application/json', () => `"${type}"`);
    return true;
  },
  liar: onAnswer('all', ({ headers }) => {
    headers.set('content-type', 'text/html');
  }),
});
