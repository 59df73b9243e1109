import { onPage } from '../../liars/answers.ts';
import { keepBook } from '../../liars/ledger.ts';
import { weighted } from '../../model/alphabet.ts';
import { aDeletion, createContact } from '../../model/commands/contacts.ts';
import { aSearch, aWordGiven } from '../../model/commands/search.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Writes new contacts into the index of its search, and leaves the words of changed ones there. */
const indexOnce: Liar = (fetch, name) => {
  const first = new Map<unknown, Readonly<Record<string, unknown>>>();
  const book = keepBook(fetch, name, ({ operation, sent, answered }) => {
    if (operation === 'createContact') first.set(answered['id'], sent);
  });
  const bend = onPage(['listContacts'], (page, url) => {
    const word = url.searchParams.get('search');
    const outdated = page.data.filter(({ id }) => {
      const { full_name, company, role } = first.get(id) ?? {};
      return first.has(id) && ![full_name, company, role].includes(word);
    });
    if (word === null) return;
    for (const one of outdated) page.data.splice(page.data.indexOf(one), 1);
  });
  return bend(book, name);
};

export default defineRule({
  id: 'sequences/search-through-changes',
  level: 'MUST',
  verifies: ['LG-CON-012', 'LG-CON-013'],
  sentence: 'A word finds the contacts that have it now, whatever they had before.',
  needs: [],
  check: (world) => {
    const patience = { left: true };
    return runSequences(world, {
      commands: weighted([3, aWordGiven()], [1, aDeletion()], [3, aSearch(patience)]),
      aspects: [],
      prelude: [createContact({ full_name: 'Noor Bakker' })],
      most: 8,
    });
  },
  liar: indexOnce,
});
