import { doAnyway } from '../../liars/failures.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { portraitOf } from '../../world/portrait.ts';
import { prepareVisible, writes } from '../../world/visible-requests.ts';

export default defineRule({
  id: 'errors/safe-retry',
  level: 'MUST',
  verifies: ['LG-ERR-021'],
  sentence: 'What failed inside and is sent again does no more than one success would have done.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    for (const { id } of writes(world.operations)) {
      const [home, twin] = [await world.organization(), await world.organization()];
      const request = await prepareVisible(home, id);
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        await home.failNext('request');
        await home.all.send(id, request);
      }
      // Who did it at the first attempt may say so of the last; what counts is what is there.
      await home.all.send(id, request);
      world.expect.success(await twin.all.send(id, await prepareVisible(twin, id)));
      const once = await portraitOf(world, twin);
      expectEqual(await portraitOf(world, home), once, `after ${id}, as after one success,`);
    }
  },
  // A server that fails after it has written everything.
  liar: doAnyway(500),
});
