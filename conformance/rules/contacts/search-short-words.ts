import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectFoundBySearch } from '../../world/contact-search.ts';
import { createContacts } from '../../world/contacts.ts';

/** Surnames and functions of few letters, and words that indexes leave out as too common. */
const words = ['Wu', 'Ng', 'Bos', 'CEO', '小林', 'with', 'over', 'voor', 'team'];

export default defineRule({
  id: 'contacts/search-short-words',
  level: 'SHOULD',
  verifies: ['LG-CON-085'],
  sentence: 'The search finds a contact by a word of two letters, and by a common one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const word of words) {
      const drafts = [
        { full_name: `Noor ${word}` },
        { full_name: 'Noor', company: `${word} Logistics` },
        { full_name: 'Noor', role: `Planner ${word} Breda` },
      ];
      for (const { id } of await createContacts(world, home, drafts)) {
        await expectFoundBySearch(world, home, id, word);
      }
    }
  },
  // A server whose index has no words of two letters.
  liar: onPage(['listContacts'], ({ data }, url) => {
    if (url.searchParams.get('search')?.length === 2) data.splice(0);
  }),
});
