import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { hasBrokenEscape } from '../../world/exchange.ts';
import { expectThat } from '../../world/expectations.ts';
import { isNestedTooDeeply } from '../../world/nesting.ts';

export default defineAmbientRule({
  id: 'ambient/json-body',
  level: 'MUST',
  verifies: ['LG-GEN-003'],
  sentence: 'Every answer has a body, and it is JSON.',
  inspect: ({ operation, request, json, response }) => {
    // What is no URL may be refused by a gateway, before it is a request of the API.
    if (hasBrokenEscape(request.url)) return false;
    // Whether an unknown path is redirected is a matter of decisions.
    if (!operation && response.status >= 300 && response.status < 400) return false;
    expectThat(json !== undefined, 'a body of JSON', () =>
      isNestedTooDeeply(response.body)
        ? 'one that is nested too deeply to be read'
        : `"${response.body.slice(0, 200)}"`,
    );
    return true;
  },
  liar: onAnswer('all', (answer) => {
    answer.body = '<h1>Hello</h1>';
  }),
});
