import { onData } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';
import { successOf } from '../../world/success.ts';

export default defineAmbientRule({
  id: 'ambient/success-body',
  level: 'MUST',
  verifies: [
    'LG-GEN-005',
    'LG-GEN-011',
    'LG-GEN-019',
    'LG-GEN-044',
    'LG-DOS-001',
    'LG-DOS-016',
    'LG-DOS-066',
    'LG-DOS-102',
    'LG-DOS-103',
    'LG-CON-082',
    'LG-CON-083',
    'LG-FLO-009',
    'LG-FLO-010',
  ],
  sentence: 'Every success has the documented fields, in the documented types.',
  inspect: (exchange, { acceptances, flawOf }) => {
    const success = successOf(exchange, acceptances);
    const media = success?.response.content['application/json'];
    if (!success || !media) return false;
    const flaw = flawOf(media.schema, exchange.json);
    if (flaw === undefined) return true;
    const what = `the documented body of ${success.operation} ${String(success.response.status)}`;
    throw new Nonconformity(what, `one where ${flaw}`);
  },
  liar: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    delete data['current_stage_id'];
  }),
});
