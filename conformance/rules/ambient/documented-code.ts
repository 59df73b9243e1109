import { onError } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { errorCodeOf } from '../../world/expectations.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/documented-code',
  level: 'SHOULD',
  verifies: ['LG-ERR-023'],
  sentence: 'Every refusal has a status and a code that are documented for the operation.',
  inspect: ({ operation, response, json }, { contract }) => {
    if (!operation || response.status < 400) return false;
    const { responses } = contract.operations[operation];
    const code = errorCodeOf(json) ?? 'no code';
    if (responses[response.status]?.codes.includes(code)) return true;
    throw new Nonconformity(
      `a documented refusal of ${operation}`,
      `${String(response.status)} ${code}`,
    );
  },
  liar: onError((error) => {
    error['code'] = 'teapot';
  }),
});
