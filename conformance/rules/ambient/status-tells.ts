import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/status-tells',
  level: 'MUST',
  verifies: ['LG-ERR-004'],
  sentence: 'A failure is told by its status: an error never comes as a success.',
  inspect: ({ operation, response, json }) => {
    const { error } = (json ?? {}) as { error?: unknown };
    const erroneous = error !== undefined && error !== null;
    const { status } = response;
    if (erroneous && status < 400) {
      throw new Nonconformity('400 or above with an error', String(status));
    }
    // Whether an unknown path is redirected is a matter of decisions.
    if (!operation && status >= 300 && status < 400) return false;
    if (status >= 300 && status < 400) {
      throw new Nonconformity('a success or a refusal', String(status));
    }
    return true;
  },
  liar: onAnswer('all', (answer) => {
    answer.status = 200;
  }),
});
