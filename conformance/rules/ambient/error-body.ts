import { onError } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { hasBrokenEscape } from '../../world/exchange.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/error-body',
  level: 'MUST',
  verifies: ['LG-ERR-001', 'LG-ERR-002'],
  sentence: 'Every refusal says under `error` what went wrong, as a code and as a message.',
  inspect: ({ request, response, json }, { flawOf }) => {
    if (response.status < 400 || hasBrokenEscape(request.url)) return false;
    const error = (json as { error?: unknown } | null | undefined)?.error;
    const flaw = flawOf('#/components/schemas/Error', error);
    if (flaw !== undefined) {
      throw new Nonconformity('an error with code and message', `one where ${flaw}`);
    }
    const { message } = error as { message: string };
    if (message.trim() !== '') return true;
    throw new Nonconformity('a message that can be read', 'nothing but white space');
  },
  liar: onError((error) => {
    delete error['message'];
  }),
});
