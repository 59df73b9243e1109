import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectStrayRefused, stray } from '../../world/strays.ts';

/** What begins like an escape and is none, or escapes bytes that are no text. */
const broken = ['%', '%zz', '%2', '%E0%A4%A', '%ff'];

export default defineRule({
  id: 'requests/broken-escape',
  level: 'SHOULD',
  verifies: ['LG-GEN-048'],
  sentence: 'An id in a path that is escaped wrongly is answered as one of nothing.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const { id, method, path, body } of operations) {
      // What comes with a body may be refused because of it.
      if (!path.includes('{') || Object.keys(body).length > 0) continue;
      const request = await home.prepare(id);
      const own = Object.entries(request.path ?? {});
      for (const [spoilt] of own) {
        const fill = (escape: string): string =>
          own.reduce(
            (filled, [name, value]) =>
              filled.replace(`{${name}}`, name === spoilt ? escape : encodeURIComponent(value)),
            path,
          );
        for (const escape of broken) {
          expectStrayRefused(contract, await stray(home.all, method, fill(escape)), 404);
        }
      }
      expect.success(await home.all.send(id, request));
    }
  },
  // It gives up at the first.
  liar: refuse(400, 'invalid_body', ({ url }) => url.includes('%zz')),
});
