import { defineRule, type Liar } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { portraitOf } from '../../world/portrait.ts';
import { prepareVisible, writes } from '../../world/visible-requests.ts';

/** Does what it was asked with a key that it knows, and says that it refused. */
const doAndRefuse: Liar = (fetch) => {
  let known: string | undefined;
  return async (request) => {
    const response = await fetch(request.clone());
    if (response.ok) known = request.headers.get('authorization') ?? known;
    else if (known !== undefined) {
      const headers = new Headers(request.headers);
      headers.set('authorization', known);
      await fetch(new Request(request, { headers }));
    }
    return response;
  };
};

export default defineRule({
  id: 'authentication/no-effect',
  level: 'MUST',
  verifies: ['LG-AUT-020'],
  sentence: 'What is refused for want of a key or a scope is not done, whatever it is.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (world) => {
    const { contract, expect, clientWith } = world;
    for (const { id, scopes } of writes(world.operations)) {
      const home = await world.organization();
      const request = await prepareVisible(home, id);
      const before = await portraitOf(world, home);
      expect.refusal(await clientWith(undefined).send(id, request), 401);
      for (const needed of scopes) {
        const others = contract.scopes.filter((scope) => scope !== needed);
        const client = await home.client({ scopes: others });
        expect.refusal(await client.send(id, request), 403);
      }
      expectEqual(await portraitOf(world, home), before, `what there was before ${id},`);
      expect.success(await home.all.send(id, request));
    }
  },
  liar: doAndRefuse,
});
