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
    const rest = key.slice(prefix.length);
    const strange = [
      rest,
      `lg_test_${rest}`,
      `LG_LIVE_${rest}`,
      `sk_live_${rest}`,
      `lg_${rest}`,
      'undefined',
    ];
    for (const token of strange) {
      const stranger = world.clientWith(token);
      const send = stranger.send.bind(stranger, 'listDossiers');
      await expectRefusedBesideTwin(world, organization, 'listDossiers', send, [401]);
    }
  },
  liar: letIn(401, (request) => !request.headers.get('authorization')?.includes('lg_live_')),
});
