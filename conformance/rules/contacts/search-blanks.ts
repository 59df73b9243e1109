import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { ownIdsIn } from '../../world/contact-list.ts';
import { createContacts } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/search-blanks',
  level: 'SHOULD',
  verifies: ['LG-CON-017'],
  sentence: 'White space around a search is disregarded, and a search of nothing lists everybody.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = ['Noor Bakker', 'Bakkerij', 'Iris'];
    const drafts = names.map((full_name) => ({ full_name }));
    const made = await createContacts(world, home, drafts);
    const ids = made.map(({ id }) => id);
    const expectFound = (search: string, wanted: readonly string[]) =>
      eventually(world, async () => {
        const found = await ownIdsIn(world, home, made, { search });
        expectEqual(found, [...wanted].sort(), `the ids found by "${search}"`);
      });
    for (const search of [' Bakker', 'Bakker ', '\tBakker\n', '\u00A0 Bakker\u2003']) {
      await expectFound(search, ids.slice(0, 2));
    }
    for (const search of ['', ' ', '\t\n', '\u00A0']) {
      await expectFound(search, ids);
    }
  },
  liar: refuse(400, 'invalid_body', ({ url }) => new URL(url).searchParams.get('search') === ''),
});
