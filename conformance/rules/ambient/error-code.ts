import { onError } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { errorCodeOf } from '../../world/expectations.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/error-code',
  level: 'MUST',
  verifies: [
    ...(['LG-ERR-005', 'LG-ERR-006', 'LG-ERR-007', 'LG-ERR-008', 'LG-ERR-009'] as const),
    ...(['LG-ERR-010', 'LG-ERR-011', 'LG-ERR-012'] as const),
  ],
  sentence: 'A documented code comes with its documented status and no other.',
  inspect: ({ response, json }, { contract }) => {
    const code = errorCodeOf(json);
    if (code === undefined) return false;
    const statuses = new Set(
      Object.values(contract.operations)
        .flatMap(({ responses }) => Object.values(responses))
        .filter(({ codes }) => codes.includes(code))
        .map(({ status }) => status),
    );
    // A code of its own is a matter of decisions.
    if (statuses.size === 0) return false;
    if (statuses.has(response.status)) return true;
    const documented = [...statuses].join(' or ');
    throw new Nonconformity(`${documented} with the code ${code}`, String(response.status));
  },
  liar: onError((_, answer) => {
    answer.status = answer.status === 401 ? 403 : 401;
  }),
});
