import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineAmbientRule({
  id: 'ambient/json-body',
  level: 'MUST',
  verifies: ['LG-GEN-003'],
  sentence: 'Every answer has a body, and it is JSON.',
  inspect: ({ json, response }) => {
    expectThat(json !== undefined, 'a body of JSON', () => `"${response.body.slice(0, 200)}"`);
    return true;
  },
  liar: onAnswer('all', (answer) => {
    answer.body = '<h1>Hello</h1>';
  }),
});
