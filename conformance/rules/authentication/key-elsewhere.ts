import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

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
    for (const name of ['api_key', 'apikey', 'access_token', 'token', 'key', 'authorization']) {
      const query = { [name]: key };
      const send = () => nobody.send('listDossiers', { query });
      // A server may look at the parameters first, and not know this one.
      await expectRefusedBesideTwin(world, organization, 'listDossiers', send, [401, 400]);
    }
    for (const name of ['x-api-key', 'api-key', 'x-auth-token', 'x-authorization', 'cookie']) {
      const headers = { [name]: name === 'cookie' ? `api_key=${key}` : key };
      const send = () => nobody.send('listDossiers', { headers });
      await expectRefusedBesideTwin(world, organization, 'listDossiers', send, [401]);
    }
  },
  liar: letIn(401, (request) => request.url.includes('access_token')),
});
