import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectStrayRefused, stray } from '../../world/strays.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export default defineRule({
  id: 'errors/unknown-method',
  level: 'SHOULD',
  verifies: ['LG-ERR-025'],
  sentence: 'A method that is not documented for a path is not found there.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    const all = Object.values(contract.operations);
    for (const { id, path } of operations) {
      const request = await home.prepare(id);
      const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
        encodeURIComponent(request.path?.[name] ?? ''),
      );
      const known: string[] = all.filter((one) => one.path === path).map(({ method }) => method);
      for (const method of methods.filter((one) => !known.includes(one))) {
        expectStrayRefused(contract, await stray(home.all, method, filled), 404);
      }
      expect.success(await home.all.send(id, request));
    }
  },
  liar: refuse(405, 'method_not_allowed', ({ method }) => method === 'PUT'),
});
