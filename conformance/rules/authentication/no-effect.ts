import { defineRule, type Liar } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';

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
  sentence: 'What is refused for want of a key or a scope is not done.',
  needs: ['scoped-keys', 'fresh-organizations'],
  check: async (world) => {
    const organization = await world.organization();
    const body = { type: 'candidate', name: 'Noor Bakker' };
    const scopes = world.contract.scopes.filter((scope) => scope !== 'dossiers:write');
    const reader = await organization.client({ scopes });
    const list = async () => {
      const exchange = await organization.all.send('listDossiers');
      world.expect.success(exchange);
      return pageOf(exchange).total;
    };
    expectEqual(await list(), 0, 'the number of dossiers at first');
    world.expect.refusal(await reader.send('createDossier', { body }), 403);
    world.expect.refusal(await world.clientWith(undefined).send('createDossier', { body }), 401);
    expectEqual(await list(), 0, 'the number of dossiers after two refusals');
    await organization.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    expectEqual(await list(), 1, 'the number of dossiers after one creation');
  },
  liar: doAndRefuse,
});
