import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { shiftPages } from '../../liars/shifted-pages.ts';
import { defineRule } from '../../rule.ts';
import { createContact, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { walkBeside } from '../../world/walk-beside.ts';

export default defineRule({
  id: 'concurrency/nothing-lost-while-growing',
  level: 'SHOULD',
  verifies: ['LG-DOS-014', 'LG-CON-021'],
  sentence: 'A walk from the newest to the oldest misses nothing that was there when it began.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const dossiers = (await home.createDossiers(plainDossiers(10))).map(({ id }) => id);
    const contacts = (await createContacts(world, home, plainContacts(10))).map(({ id }) => id);
    const missing = async (
      list: 'listDossiers' | 'listContacts',
      ids: readonly string[],
      write: () => Promise<unknown>,
    ) => {
      const seen = new Set((await walkBeside(world, home, list, {}, write, ids)).ids);
      return ids.filter((id) => !seen.has(id));
    };
    const writeDossier = () => home.createDossier({ type: 'sales', name: 'Came meanwhile' });
    const writeContact = () => createContact(world, home, { full_name: 'Came meanwhile' });
    const lostDossiers = await missing('listDossiers', dossiers, writeDossier);
    expectEqual(lostDossiers, [], 'the dossiers that the walk missed:');
    const lostContacts = await missing('listContacts', contacts, writeContact);
    expectEqual(lostContacts, [], 'the contacts that the walk missed:');
  },
  liar: shiftPages,
});
