import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createDated } from '../../world/dated-creations.ts';
import { expectOneClock } from '../../world/one-clock.ts';

export default defineRule({
  id: 'dossiers/one-clock',
  level: 'MUST',
  verifies: ['LG-GEN-056'],
  sentence: 'Dossiers, their contacts and notes have the moments of one clock.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const creations = await createDated(world, home);
    expectOneClock(creations.flatMap(({ readings }) => readings));
  },
  // A server that writes local time for contacts, and labels it as UTC.
  liar: onData(['createContact', 'listContacts', 'getContact'], (contact) => {
    const moment = Date.parse(String(contact['created_at']));
    contact['created_at'] = new Date(moment + 3_600_000).toISOString();
  }),
});
