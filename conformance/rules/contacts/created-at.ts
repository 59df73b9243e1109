import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactPlaces, createAndSeeContact } from '../../world/contact-sightings.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { clockOf } from '../../world/server-clock.ts';

export default defineRule({
  id: 'contacts/created-at',
  level: 'SHOULD',
  verifies: ['LG-CON-023', 'LG-GEN-010'],
  sentence: 'A contact tells everywhere when it was created, by the clock of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const look = async () =>
      clockOf(await home.all.send('listContacts', { query: { per_page: '1' } }));
    for (const draft of plainContacts(2)) {
      const before = await look();
      const seen = await createAndSeeContact(world, home, draft);
      const after = await look();
      const { created_at } = seen.answered;
      for (const place of contactPlaces) {
        expectThat(Boolean(seen[place].created_at), 'created_at', () => seen[place]);
        expectEqual(seen[place].created_at, created_at, 'created_at');
      }
      const moment = Date.parse(created_at ?? '');
      // Both clocks are read to the second.
      const off = moment < before - 1000 || moment > after + 1000;
      expectThat(!off, 'the moment of creation by the clock of the server', () => created_at);
    }
  },
  liar: onData(['getContact'], (contact) => {
    delete contact['created_at'];
  }),
});
