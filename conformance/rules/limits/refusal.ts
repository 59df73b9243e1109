import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { exhaustWholly } from '../../world/allowance.ts';

export default defineRule({
  id: 'limits/refusal',
  level: 'MUST',
  verifies: ['LG-LIM-001', 'LG-ERR-010'],
  sentence: 'A request beyond the rate limit is refused, whatever it asks for.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ operations, organization, impatientClientWith, clientWith, expect, wait }) => {
    const home = await organization();
    const key = await home.key();
    const [client, patient] = [impatientClientWith(key), clientWith(key)];
    for (const { id } of operations) {
      const request = await home.prepare(id);
      // By listings: whether requests that are refused count is not said.
      await exhaustWholly(home, client, 3, wait);
      expect.refusal(await client.send(id, request), 429);
      // Room for the preparations of the next one.
      await home.setRateLimit(100, 60);
      // A second limit, such as one for bursts, may have to be waited out (LG-LIM-020).
      expect.success(await patient.send(id, await home.prepare(id)));
    }
  },
  liar: refuseNot(429),
});
