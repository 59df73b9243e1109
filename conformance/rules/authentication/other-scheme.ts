import type { OperationId } from '../../../openapi/contract.ts';
import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

/** Authorization headers that hold the key, or nothing, but no bearer token. */
const malformed = (key: string): string[] => [
  `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
  `Basic ${Buffer.from(`api:${key}`).toString('base64')}`,
  `Basic ${key}`,
  `Token ${key}`,
  `ApiKey ${key}`,
  `Bearer`,
  `X-Bearer ${key}`,
  `Bearer:${key}`,
  `Bearer${key}`,
  key,
];

export default defineRule({
  id: 'authentication/other-scheme',
  level: 'MUST',
  verifies: ['LG-AUT-004'],
  sentence: 'A key opens nothing unless it is sent as a bearer token.',
  needs: [],
  check: async (world) => {
    const organization = await world.organization();
    const key = await organization.key();
    const nobody = world.clientWith(undefined);
    const expectRefused = async (id: OperationId, authorization: string) => {
      const send = ({ headers, ...request }: RawRequest) =>
        nobody.send(id, { ...request, headers: { ...headers, authorization } });
      await expectRefusedBesideTwin(world, organization, id, send, [401]);
    };
    const headers = malformed(key);
    for (const one of headers) await expectRefused('listDossiers', one);
    for (const [turn, { id }] of world.operations.entries()) {
      await expectRefused(id, headers[turn % headers.length] ?? key);
    }
  },
  liar: letIn(401, (request) => !/^bearer /i.test(request.headers.get('authorization') ?? '')),
});
