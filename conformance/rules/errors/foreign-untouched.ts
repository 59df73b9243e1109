import { workAcross } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { viewOf } from '../../world/foreign-view.ts';
import { prepareVisible, writes } from '../../world/visible-requests.ts';

export default defineRule({
  id: 'errors/foreign-untouched',
  level: 'MUST',
  verifies: ['LG-ERR-019'],
  sentence: 'A request that names something of another organisation leaves it untouched.',
  needs: ['second-organization'],
  check: async (world) => {
    const [ours, theirs] = [await world.organization(), await world.organization({ second: true })];
    for (const { id, parameters } of writes(world.operations)) {
      const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      if (names.length === 0) continue;
      const foreign = await prepareVisible(theirs, id);
      const own = await prepareVisible(ours, id);
      // Each of the ids beside what is ours, and then all of them, in the body too.
      const paths = names.map((name) => ({ ...own.path, [name]: foreign.path?.[name] ?? '' }));
      const requests = [...paths.map((path) => ({ ...own, path })), foreign];
      const before = await viewOf(world, theirs, id, foreign.path ?? {});
      for (const request of requests) {
        await ours.all.send(id, request);
        const after = await viewOf(world, theirs, id, foreign.path ?? {});
        expectEqual(after, before, `what was named in ${id}, as before,`);
      }
      world.expect.success(await theirs.all.send(id, foreign));
    }
  },
  liar: workAcross,
});
