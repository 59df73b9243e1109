import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'limits/own-limit',
  level: 'MUST',
  verifies: ['LG-LIM-006'],
  sentence: 'The requests of one organisation use up nothing of another’s limit.',
  needs: ['rate-limit', 'fresh-organizations', 'second-organization'],
  check: async ({ organization, impatientClientWith }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const [client, foreign] = [
      impatientClientWith(await ours.key()),
      impatientClientWith(await theirs.key()),
    ];
    await theirs.setRateLimit(3, 3_600);
    await exhaust(ours, client, 3);
    const { response } = await foreign.send('listDossiers');
    const refused = response.status === 429;
    expectThat(!refused, 'no 429 for an organisation that sent nothing', () => response.status);
  },
  liar: mistakeKeys(),
});
