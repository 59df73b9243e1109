import { onAnswer } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';
import { requestFlaw } from '../../world/wrong-requests.ts';

export default defineAmbientRule({
  id: 'ambient/clients-error',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'A request that is wrong in itself is never answered as a failure of the server.',
  inspect: (exchange, { contract, flawOf }) => {
    // Here the failure was asked for.
    if (exchange.provoked) return false;
    const flaw = requestFlaw(contract, exchange, flawOf);
    if (flaw === undefined) return false;
    const { status } = exchange.response;
    // The statuses 502 to 504 may be those of a gateway, for a moment.
    if (status !== 500) return true;
    const expected = `a status below 500 for ${exchange.operation ?? 'it'} where ${flaw}`;
    throw new Nonconformity(expected, '500', { exchange });
  },
  liar: onAnswer('all', (answer) => {
    if (answer.status !== 400) return;
    answer.status = 500;
    answer.body = { error: { code: 'internal', message: 'Unexpected server error.' } };
  }),
});
