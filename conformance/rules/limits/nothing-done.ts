import { doNext } from '../../liars/late-work.ts';
import { defineRule } from '../../rule.ts';
import { exhaustWholly } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';
import { portraitOf } from '../../world/portrait.ts';
import { prepareVisible, writes } from '../../world/visible-requests.ts';

export default defineRule({
  id: 'limits/nothing-done',
  level: 'MUST',
  verifies: ['LG-LIM-005'],
  sentence: 'Whatever it asks for, a request beyond the rate limit changes nothing.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async (world) => {
    const { operations, organization, impatientClientWith, expect, wait } = world;
    for (const { id } of writes(operations)) {
      const home = await organization();
      const client = impatientClientWith(await home.key());
      const request = await prepareVisible(home, id);
      const before = await portraitOf(world, home);
      await exhaustWholly(home, client, 2, wait);
      expect.refusal(await client.send(id, request), 429);
      await home.setRateLimit(1_000, 60);
      expectEqual(await portraitOf(world, home), before, `what there was before ${id},`);
      expect.success(await home.all.send(id, request));
    }
  },
  // A server that puts off what it refuses.
  liar: doNext(429),
});
