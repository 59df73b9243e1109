import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

/** What means something to a database, an index or an expression. */
const texts = [
  ...["O'Brien", "'", '"', '"Noor', '\\', 'Noor\\', '%', '(', ')', '((', '*', '+', '?', '['],
  ...[
    '&',
    '|',
    '!',
    ':*',
    '<->',
    'a:b',
    '~',
    '^',
    '{',
    '--',
    ';',
    '/*',
    '\u{1F692}',
    'AND',
    'OR NOT',
  ],
];

export default defineRule({
  id: 'contacts/search-signs',
  level: 'MUST',
  verifies: ['LG-GEN-001'],
  sentence: 'No search for contacts fails inside, whatever signs are in it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await createContact(world, home, { full_name: "Noor O'Brien" });
    for (const search of texts) {
      const exchange = await home.all.send('listContacts', { query: { search } });
      // Some signs may have a meaning of their own, and not make sense alone (LG-CON-016).
      if (exchange.response.status < 400) world.expect.success(exchange);
      else expectPermittedRefusal(world, exchange, ['LG-CON-016']);
    }
  },
  // A server that writes the search into a statement as it is.
  liar: refuse(500, 'internal', ({ url }) =>
    Boolean(new URL(url).searchParams.get('search')?.includes("'")),
  ),
});
