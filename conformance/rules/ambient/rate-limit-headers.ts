import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { successOf } from '../../world/success.ts';

const limitHeader = 'x-ratelimit-limit';
const remainingHeader = 'x-ratelimit-remaining';

export default defineAmbientRule({
  id: 'ambient/rate-limit-headers',
  level: 'MUST',
  verifies: ['LG-LIM-009', 'LG-LIM-010', 'LG-LIM-011', 'LG-LIM-012'],
  sentence: 'A success tells the rate limit and what is left of it, and wherever told they fit.',
  inspect: (exchange, { acceptances }) => {
    const { [limitHeader]: limit, [remainingHeader]: remaining } = exchange.response.headers;
    const success = successOf(exchange, acceptances) !== undefined;
    if (!success && limit === undefined && remaining === undefined) return false;
    const tell = () => `${limit ?? 'no limit'} and ${remaining ?? 'nothing'} remaining`;
    if (success) {
      const both = limit !== undefined && remaining !== undefined;
      expectThat(both, `${limitHeader} and ${remainingHeader}`, tell);
    }
    const whole = [limit, remaining].every((text) => text === undefined || /^\d+$/.test(text));
    expectThat(whole && limit !== '0', 'a whole limit above zero and a whole remainder', tell);
    const within = limit === undefined || Number(remaining ?? 0) <= Number(limit);
    expectThat(within, 'no more remaining than the limit', tell);
    return true;
  },
  liar: onAnswer('all', ({ headers }) => {
    headers.delete(remainingHeader);
  }),
});
