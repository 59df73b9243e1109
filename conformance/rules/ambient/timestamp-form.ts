import { onData } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { expectThat } from '../../world/expectations.ts';
import { momentsIn } from '../../world/moments.ts';

export default defineAmbientRule({
  id: 'ambient/timestamp-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-009'],
  sentence: 'Timestamps are written to the second, with a closing Z.',
  inspect: ({ json }) => {
    const moments = momentsIn(json);
    const odd = moments.find((one) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(asText(one)));
    expectThat(odd === undefined, 'the form 2026-05-04T08:30:00Z', () => odd);
    return moments.length > 0;
  },
  liar: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    data['created_at'] = '2026-05-04T08:30:00.000Z';
  }),
});
