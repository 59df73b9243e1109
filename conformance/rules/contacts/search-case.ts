import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectFoundBySearch } from '../../world/contact-search.ts';
import { anUnusedEmail, createContact, createContacts } from '../../world/contacts.ts';

/** Words that are the same in either case in every language. */
const words = ['Noor Bakker', 'Zoëlle', 'ÉMILE', 'çelik', 'Иванова', 'Ωμέγα', 'Łukasz'];

export default defineRule({
  id: 'contacts/search-case',
  level: 'SHOULD',
  verifies: ['LG-CON-015'],
  sentence: 'The search disregards letter case.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const fields = ['full_name', 'company', 'role'] as const;
    for (const word of words) {
      const drafts = fields.map((field) => ({ full_name: 'Iris', [field]: word }));
      for (const { id } of await createContacts(world, home, drafts)) {
        for (const search of [word, word.toUpperCase(), word.toLowerCase()]) {
          await expectFoundBySearch(world, home, id, search);
        }
      }
    }
    const email = await anUnusedEmail(world, home);
    const { id } = await createContact(world, home, { full_name: 'Iris', email });
    await expectFoundBySearch(world, home, id, email.toUpperCase());
  },
  // A server that folds what ASCII has, and no more.
  liar: onPage(['listContacts'], ({ data }, url) => {
    const fold = (text: unknown) => String(text).replaceAll(/[A-Z]/g, (one) => one.toLowerCase());
    const text = fold(url.searchParams.get('search') ?? '');
    const found = data.filter(({ full_name, email, company, role }) =>
      [full_name, email, company, role].some((field) => fold(field).includes(text)),
    );
    data.splice(0, data.length, ...found);
  }),
});
