import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';
import { successOf } from '../../world/success.ts';

export default defineAmbientRule({
  id: 'ambient/decided-status',
  level: 'SHOULD',
  verifies: ['LG-GEN-050', 'LG-GEN-051', 'LG-GEN-052'],
  sentence: 'Creating answers 201, everything else that succeeds 200.',
  inspect: (exchange, { acceptances }) => {
    const success = successOf(exchange, acceptances);
    if (!success) return false;
    if (success.decided) return true;
    const { operation, status, response } = success;
    throw new Nonconformity(`${String(response.status)} for ${operation}`, String(status));
  },
  liar: onAnswer(['createDossier'], (answer) => {
    if (answer.status === 201) answer.status = 200;
  }),
});
