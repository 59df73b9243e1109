import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule } from '../../rule.ts';
import { atOnce, times } from '../../world/at-once.ts';
import { anUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'concurrency/one-gets-the-address',
  level: 'SHOULD',
  verifies: ['LG-CON-081'],
  sentence: 'Of several who want a free address at the same moment one gets it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (let round = 1; round <= 3; round += 1) {
      const email = await anUnusedEmail(world, home);
      const create = (index: number) => () =>
        home.all.send('createContact', { body: { full_name: `Noor ${String(index)}`, email } });
      const { won } = await atOnce(world, times(5, create));
      expectEqual(won.length, 1, 'the number of those who got the address');
    }
  },
  // A server on which those who meet at an address all give way.
  liar: onOverlap(['createContact'], (_, { headers }) => {
    const error = { code: 'duplicate_contact', message: 'Somebody wants this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers });
  }),
});
