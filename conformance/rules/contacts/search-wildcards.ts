import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { ownIdsIn } from '../../world/contact-list.ts';
import { createContacts } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';

const signs = [
  '%',
  '_',
  '*',
  '\\',
  '?',
  '.',
  '"',
  "'",
  '+',
  '&',
  '|',
  '!',
  ':',
  '(',
  ')',
  '~',
  '^',
];

export default defineRule({
  id: 'contacts/search-wildcards',
  level: 'SHOULD',
  verifies: ['LG-CON-016'],
  sentence: 'No character of a search stands for others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = signs.map((sign) => `Noor${sign}Bakker`);
    const drafts = ['NoorBakker', 'Noor-Bakker', ...names].map((full_name) => ({ full_name }));
    const all = await createContacts(world, home, drafts);
    const made = all.slice(-signs.length);
    const expectFound = (search: string, wanted: readonly unknown[]) =>
      eventually(world, async () => {
        const ids = await ownIdsIn(world, home, all, { search });
        expectEqual(ids, wanted, `who is found by "${search}"`);
      });
    for (const [index, sign] of signs.entries()) {
      for (const search of [`Noor${sign}`, `r${sign}Bakker`]) {
        await expectFound(search, [made[index]?.id]);
      }
    }
    for (const search of ['%%%%', '____', '****', '\\\\\\\\', '.*.*', 'N%25r', '-Noor', '"Noor"']) {
      await expectFound(search, []);
    }
  },
  // A server that puts the text into a LIKE as it is.
  liar: onDraft(({ url }) => {
    const search = url.searchParams.get('search');
    if (search !== null) url.searchParams.set('search', search.replaceAll('%', ''));
  }),
});
