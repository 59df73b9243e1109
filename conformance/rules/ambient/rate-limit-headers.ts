import { expectThat, Nonconformity } from '../../context/expectations.ts';
import { defineAmbientRule, type Rule } from '../../context/rule.ts';
import { type Fault, onResponse } from '../../faults/inject.ts';
import { successOf } from '../../http/exchange.ts';
import { readRetryAfter } from '../../http/pacing.ts';

const limitHeader = 'x-ratelimit-limit';

const remainingHeader = 'x-ratelimit-remaining';

const rateLimitHeaders = defineAmbientRule({
  id: 'ambient/rate-limit-headers',
  level: 'MUST',
  verifies: ['LG-LIM-009', 'LG-LIM-010', 'LG-LIM-011', 'LG-LIM-012'],
  sentence:
    'Successful responses have both rate-limit headers, and the two are consistent wherever they occur.',
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
    expectThat(
      whole && limit !== '0',
      'a limit above zero and a remainder, both whole numbers',
      tell,
    );
    const within = limit === undefined || Number(remaining ?? 0) <= Number(limit);
    expectThat(within, 'no more remaining than the limit', tell);
    return true;
  },
  fault: onResponse('all', ({ headers }) => {
    headers.delete(remainingHeader);
  }),
});

const rateLimitOnRefusals = defineAmbientRule({
  id: 'ambient/rate-limit-on-refusals',
  level: 'SHOULD',
  verifies: ['LG-LIM-016'],
  sentence:
    'A refusal has the rate-limit headers that the contract requires for its status, and a 429 also Retry-After.',
  inspect: ({ operation, response }, { contract }) => {
    if (!operation || response.status < 400) return false;
    const described = contract.operations[operation].responses[response.status];
    if (!described) return false;
    const required = Object.keys(described.headers).filter(
      (name) => described.headers[name]?.required,
    );
    const missing = required.filter((name) => !(name.toLowerCase() in response.headers));
    if (missing.length === 0) return true;
    throw new Nonconformity(
      `${missing.join(' and ')} on ${String(response.status)} of ${operation}`,
      'a response without it',
    );
  },
  fault: onResponse('all', ({ status, headers }) => {
    if (status >= 400) headers.delete('x-ratelimit-limit');
  }),
});

/** A server that returns some 429 responses without Retry-After. */
const refuseWithoutTime: Fault = (fetch) => {
  let sent = 0;
  return async (request) => {
    sent += 1;
    if (sent % 5 !== 0) return fetch(request);
    const error = { code: 'rate_limited', message: 'Later.' };
    return Response.json({ error }, { status: 429 });
  };
};

const retryAfter = defineAmbientRule({
  id: 'ambient/retry-after',
  level: 'MUST',
  verifies: ['LG-LIM-002'],
  sentence: 'Every 429 response has a Retry-After header.',
  inspect: ({ response: { status, headers } }) => {
    if (status !== 429) return false;
    const present = (headers['retry-after'] ?? '') !== '';
    expectThat(present, 'a Retry-After header on a 429', () => 'none');
    return true;
  },
  fault: refuseWithoutTime,
});

const retryAfterTime = defineAmbientRule({
  id: 'ambient/retry-after-time',
  level: 'MUST',
  verifies: ['LG-LIM-021'],
  sentence: 'Retry-After has a form that HTTP defines: a number of whole seconds or an HTTP date.',
  inspect: ({ response: { status, headers } }) => {
    const { 'retry-after': value = '' } = headers;
    // A missing header is reported by the rule for LG-LIM-002.
    if (status !== 429 || value === '') return false;
    const isTime = readRetryAfter(value, undefined, 0) !== undefined;
    expectThat(isTime, 'whole seconds or an HTTP date as Retry-After', () => `"${value}"`);
    return true;
  },
  fault: onResponse('all', ({ status, headers }) => {
    if (status === 429) headers.set('retry-after', 'soon');
  }),
});

export default [
  rateLimitHeaders,
  rateLimitOnRefusals,
  retryAfter,
  retryAfterTime,
] satisfies readonly Rule[];
