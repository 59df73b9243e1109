import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { overtakeOneAnother } from '../../liars/races.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { asPrimary, primariesOn } from '../../world/links.ts';

export default defineRule({
  id: 'links/simultaneous-primaries',
  level: 'MUST',
  verifies: ['LG-LNK-021'],
  sentence: 'Of contacts that are linked as primary at the same moment, one is primary at most.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({
      type: 'sales',
      name: 'With many at the same moment',
    });
    for (let round = 1; round <= 3; round += 1) {
      const contacts = await createContacts(world, home, plainContacts(5));
      await Promise.all(
        contacts.map(({ id: contact_id }) => {
          const body = { contact_id, ...asPrimary };
          return home.all.send('linkDossierContact', { path: { id }, body });
        }),
      );
      const primaries = await primariesOn(world, home, id);
      expectThat(primaries.length <= 1, 'one primary contact at most', () => primaries);
    }
  },
  liar: overtakeOneAnother,
});
