import { readContract, type OperationId } from '../../../openapi/contract.ts';
import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

export default defineRule({
  id: 'authentication/foreign-prefix',
  level: 'MUST',
  verifies: ['LG-AUT-006', 'LG-AUT-007'],
  sentence: 'Keys have the documented prefix, and a token without it opens nothing.',
  needs: [],
  check: async (world) => {
    const organization = await world.organization();
    const prefix = world.contract.keyPrefix;
    const key = await organization.key();
    expectThat(key.startsWith(prefix), `a key that begins with ${prefix}`, () => 'another one');
    // A server that keeps what it looked up has seen it now.
    world.expect.success(await world.clientWith(key).send('listDossiers'));
    const rest = key.slice(prefix.length);
    const strange = [
      rest,
      `lg_test_${rest}`,
      `LG_LIVE_${rest}`,
      `sk_live_${rest}`,
      `lg_${rest}`,
      'undefined',
    ];
    const expectRefused = async (id: OperationId, token: string) => {
      const stranger = world.clientWith(token);
      const send = stranger.send.bind(stranger, id);
      await expectRefusedBesideTwin(world, organization, id, send, [401]);
    };
    for (const token of strange) await expectRefused('listDossiers', token);
    for (const [turn, { id }] of world.operations.entries()) {
      await expectRefused(id, strange[turn % strange.length] ?? rest);
    }
  },
  liar: (fetch, name) => {
    const { keyPrefix } = readContract();
    const foreign = ({ headers }: Request) => !headers.get('authorization')?.includes(keyPrefix);
    return letIn(401, foreign)(fetch, name);
  },
});
