import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

/** Lives of keys, in seconds; the longer ones are for machines that are busy. */
const lives = [2, 8, 30];

export default defineRule({
  id: 'authentication/expiry-instant',
  level: 'SHOULD',
  verifies: ['LG-AUT-010'],
  sentence: 'A key is let in until the instant of its expiry, and refused from then on.',
  needs: ['expiring-keys'],
  waits: true,
  check: async ({ organization, wait, expect }) => {
    const home = await organization();
    for (const seconds of lives) {
      const client = await home.client({ expiresIn: seconds });
      const early = await client.send('listDossiers');
      // It took too long to ask: a key with a longer life will do.
      if (early.response.status === 401) continue;
      expect.success(early);
      await wait(seconds + 0.5);
      expect.refusal(await client.send('listDossiers'), 401);
      return;
    }
    throw new Nonconformity(`a key that lives for ${String(lives.at(-1))} seconds`, 'none');
  },
  // It keeps keys until the day is over.
  liar: refuseNot(401),
});
