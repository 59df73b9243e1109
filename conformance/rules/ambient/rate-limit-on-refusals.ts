import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/rate-limit-on-refusals',
  level: 'SHOULD',
  verifies: ['LG-LIM-016'],
  sentence: 'Refusals carry every header that the contract gives them.',
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
      'an answer without',
    );
  },
  liar: onAnswer('all', ({ status, headers }) => {
    if (status >= 400) headers.delete('x-ratelimit-limit');
  }),
});
