import { onData } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/named-members',
  level: 'SHOULD',
  verifies: ['LG-GEN-006'],
  sentence: 'Answers hold no members but those that the contract names.',
  inspect: ({ operation, response, json }, { acceptances, surplusIn }) => {
    const acceptance = operation && acceptances.of(operation, response.status);
    const media = acceptance?.response?.content['application/json'];
    if (!media) return false;
    const [surplus] = surplusIn(media.schema, json);
    if (surplus === undefined) return true;
    throw new Nonconformity('no members but those that the contract names', surplus);
  },
  liar: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    data['updated_at'] = data['created_at'];
  }),
});
