import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';

/** What no id could look like. */
const malformed = ['not-an-id', '0', '-1', 'null', "' or 1=1 --", '%', 'é', '🙂', 'x'.repeat(300)];

export default defineRule({
  id: 'requests/malformed-path-id',
  level: 'SHOULD',
  verifies: ['LG-GEN-048'],
  sentence: 'An id in a path that no id could look like is answered as one of nothing.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id, parameters } of operations) {
      for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
        const request = await home.prepare(id);
        for (const value of malformed) {
          const path = { ...request.path, [name]: value };
          expect.refusal(await home.all.send(id, { ...request, path }), 404);
        }
        expect.success(await home.all.send(id, request));
      }
    }
  },
  liar: refuse(400, 'invalid_body', ({ url }) => url.endsWith('/not-an-id')),
});
