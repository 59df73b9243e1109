import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule } from '../../rule.ts';
import { atOnce, times } from '../../world/at-once.ts';
import { anUnusedEmail } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'concurrency/refused-as-duplicates',
  level: 'MUST',
  verifies: ['LG-CON-032', 'LG-CON-033', 'LG-CON-034'],
  sentence: 'Of contacts created at the same moment with one address, the others are duplicates.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (let round = 1; round <= 3; round += 1) {
      const email = await anUnusedEmail(world, home);
      const spellings = [email, email.toUpperCase(), email.replace('noor', 'Noor')];
      const create = (index: number) => () => {
        const address = spellings[index % spellings.length];
        const body = { full_name: `Noor ${String(index)}`, email: address };
        return home.all.send('createContact', { body });
      };
      const { won, lost } = await atOnce(world, times(6, create));
      expectThat(won.length <= 1, 'one success at most', () => won.map(({ json }) => json));
      for (const exchange of lost) world.expect.refusal(exchange, 409);
    }
  },
  // A server that leaves it to its database to find duplicates, and stumbles over what that says.
  liar: onOverlap(['createContact'], (_, { status, headers }) => {
    const body = JSON.stringify({ error: { code: 'internal', message: 'Unique violation.' } });
    return status === 409 ? new Response(body, { status: 500, headers }) : undefined;
  }),
});
