import { doAnyway } from '../../liars/failures.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { portraitOf } from '../../world/portrait.ts';
import { prepareVisible, writes } from '../../world/visible-requests.ts';

export default defineRule({
  id: 'errors/nothing-done',
  level: 'SHOULD',
  verifies: ['LG-ERR-022'],
  sentence: 'A request that ends in 500 has changed nothing.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    for (const { id } of writes(world.operations)) {
      const home = await world.organization();
      const request = await prepareVisible(home, id);
      const before = await portraitOf(world, home);
      await home.failNext('request');
      world.expect.refusal(await home.all.send(id, request), 500);
      expectEqual(await portraitOf(world, home), before, `what there was before ${id},`);
      world.expect.success(await home.all.send(id, request));
    }
  },
  liar: doAnyway(500),
});
