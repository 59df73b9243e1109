import type { OperationId } from '../../../openapi/contract.ts';
import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

type Place = Pick<RawRequest, 'query' | 'headers'>;

export default defineRule({
  id: 'authentication/key-elsewhere',
  level: 'MUST',
  verifies: ['LG-AUT-003'],
  sentence: 'A key counts nowhere but in the Authorization header.',
  needs: [],
  check: async (world) => {
    const organization = await world.organization();
    const key = await organization.key();
    const nobody = world.clientWith(undefined);
    const places: Place[] = [
      ...['api_key', 'apikey', 'access_token', 'token', 'key', 'authorization'].map((name) => ({
        query: { [name]: key },
      })),
      ...['x-api-key', 'api-key', 'x-auth-token', 'x-authorization'].map((name) => ({
        headers: { [name]: key },
      })),
      { headers: { cookie: `api_key=${key}` } },
    ];
    const expectRefused = async (id: OperationId, { query, headers }: Place) => {
      const request = await organization.prepare(id);
      const more = { ...(query && { query }), headers: { ...request.headers, ...headers } };
      const refused = await nobody.send(id, { ...request, ...more });
      // A server may look at the parameters first, and not know this one (LG-GEN-027).
      expectPermittedRefusal(world, refused, query ? [401, 400] : [401]);
      world.expect.success(await organization.all.send(id, request));
    };
    for (const place of places) await expectRefused('listDossiers', place);
    for (const [turn, { id }] of world.operations.entries()) {
      await expectRefused(id, places[turn % places.length] ?? {});
    }
  },
  liar: letIn(401, (request) => request.url.includes('access_token')),
});
