import fc from 'fast-check';
import { retryUntilStable } from '../../assertions/concurrency.ts';
import { expectFoundBySearch, retrySearch } from '../../assertions/contacts.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { NewContact } from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { onMutableRequest, onPage } from '../../faults/inject.ts';
import {
  contactIdsIn,
  createContact,
  createContacts,
  ownContactIdsIn,
  unusedEmail,
  unusedWord,
} from '../../fixtures/contacts.ts';

/** Words with the same letters in either case in every language. */
const words = ['Noor Bakker', 'Zoëlle', 'ÉMILE', 'çelik', 'Иванова', 'Ωμέγα', 'Łukasz'];

const searchCase = defineRule({
  id: 'contacts/search-case',
  level: 'SHOULD',
  verifies: ['LG-CON-015'],
  sentence: 'The search ignores letter case.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const fields = ['full_name', 'company', 'role'] as const;
    for (const word of words) {
      const drafts = fields.map((field) => ({ full_name: 'Iris', [field]: word }));
      for (const { id } of await createContacts(org, drafts)) {
        for (const search of [word, word.toUpperCase(), word.toLowerCase()]) {
          await expectFoundBySearch(org, id, search);
        }
      }
    }
    const email = await unusedEmail(org);
    const { id } = await createContact(org, { full_name: 'Iris', email });
    await expectFoundBySearch(org, id, email.toUpperCase());
  },
  // A server that ignores the case of ASCII letters only.
  fault: onPage(['listContacts'], ({ data }, url) => {
    const fold = (text: unknown) => String(text).replaceAll(/[A-Z]/g, (one) => one.toLowerCase());
    const text = fold(url.searchParams.get('search') ?? '');
    const found = data.filter(({ full_name, email, company, role }) =>
      [full_name, email, company, role].some((field) => fold(field).includes(text)),
    );
    data.splice(0, data.length, ...found);
  }),
});

const searchBlanks = defineRule({
  id: 'contacts/search-blanks',
  level: 'SHOULD',
  verifies: ['LG-CON-017'],
  sentence:
    'White space around the search text is ignored, and an empty or blank search lists all contacts.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = ['Noor Bakker', 'Bakkerij', 'Iris'];
    const drafts = names.map((full_name) => ({ full_name }));
    const made = await createContacts(org, drafts);
    const ids = made.map(({ id }) => id);
    const expectFound = (search: string, expectedIds: readonly string[]) =>
      retrySearch(context, async () => {
        const found = await ownContactIdsIn(org, made, { search });
        expectEqual(found, [...expectedIds].sort(), `the ids found by "${search}"`);
      });
    for (const search of [' Bakker', 'Bakker ', '\tBakker\n', '\u00A0 Bakker\u2003']) {
      await expectFound(search, ids.slice(0, 2));
    }
    for (const search of ['', ' ', '\t\n', '\u00A0']) {
      await expectFound(search, ids);
    }
  },
  fault: refuse(400, 'invalid_body', ({ url }) => new URL(url).searchParams.get('search') === ''),
});

/** Characters with a meaning in databases, indexes or regular expressions. */
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

const searchSigns = defineRule({
  id: 'contacts/search-signs',
  level: 'MUST',
  verifies: ['LG-GEN-001'],
  sentence: 'No search for contacts fails because of special characters.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await createContact(org, { full_name: "Noor O'Brien" });
    for (const search of texts) {
      const exchange = await org.all.send('listContacts', { query: { search } });
      // Some characters may have a meaning, and be invalid alone (LG-CON-016).
      if (exchange.response.status < 400) context.expect.success(exchange);
      else expectPermittedRefusal(context, exchange, ['LG-CON-016']);
    }
  },
  // A server that puts the search into an SQL statement without escaping.
  fault: refuse(500, 'internal', ({ url }) =>
    Boolean(new URL(url).searchParams.get('search')?.includes("'")),
  ),
});

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

const searchWildcards = defineRule({
  id: 'contacts/search-wildcards',
  level: 'SHOULD',
  verifies: ['LG-CON-016'],
  sentence: 'No character of a search is a wildcard.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = signs.map((sign) => `Noor${sign}Bakker`);
    const drafts = ['NoorBakker', 'Noor-Bakker', ...names].map((full_name) => ({ full_name }));
    const all = await createContacts(org, drafts);
    const made = all.slice(-signs.length);
    const expectFound = (search: string, expectedIds: readonly unknown[]) =>
      retrySearch(context, async () => {
        const ids = await ownContactIdsIn(org, all, { search });
        expectEqual(ids, expectedIds, `the contacts found by "${search}"`);
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
  // A server that puts the text into a LIKE pattern without escaping.
  fault: onMutableRequest(({ url }) => {
    const search = url.searchParams.get('search');
    if (search !== null) url.searchParams.set('search', search.replaceAll('%', ''));
  }),
});

/** Of few letters, so that one text often contains another; no white space at the ends. */
const aShortText = (maxLength: number) =>
  fc
    .string({ unit: fc.constantFrom('a', 'b', 'é', ' ', '-', '小'), minLength: 1, maxLength })
    .map((text) => text.replaceAll(' ', 'o ').trim());

const aDraft = () =>
  fc.record({
    full_name: aShortText(8),
    company: aShortText(8),
    role: aShortText(8),
    city: aShortText(3),
    mailbox: fc.constantFrom(undefined, 'ab-a', 'bee', 'o-b'),
  });

/** Whether shorter words are found is another decision (LG-CON-085). */
const hasLongWord = (text: string): boolean => /[\p{L}\p{N}]{4}/u.test(text);

type Draft = Omit<NewContact, 'email'> & { readonly mailbox: string | undefined };

const withAddress = ({ mailbox, ...draft }: Draft, index: number, word: string): NewContact => {
  if (mailbox === undefined) return draft;
  return { ...draft, email: `${mailbox}${String(index)}.${word}@example.com` };
};

/** The search finds the exact text: not its words in another order, and no similar spelling. */
const expectExactText = async (org: Organization, patience: { left: boolean }): Promise<void> => {
  const { id } = await createContact(org, { full_name: 'Sanne Çelikova' });
  const isFound = async (search: string) => (await contactIdsIn(org, { search })).includes(id);
  const found = async () => {
    expectEqual(await isFound('Sanne Çelikova'), true, 'found by the name:');
  };
  await retrySearch(org.context, found, patience);
  for (const search of ['Çelikova Sanne', 'Sanne Celikova']) {
    expectEqual(await isFound(search), false, `found by "${search}":`);
  }
};

const searchAnywhere = defineRule({
  id: 'contacts/search-anywhere',
  level: 'SHOULD',
  verifies: ['LG-CON-014'],
  sentence: 'The search finds the exact text anywhere in one of the four fields.',
  needs: [],
  check: async (context) => {
    const patience = { left: true };
    await expectExactText(await context.organization(), patience);
    await context.property(
      [fc.array(aDraft(), { minLength: 1, maxLength: 5 }), fc.array(aShortText(6))],
      async (plain, texts) => {
        const org = await context.organization();
        const word = await unusedWord(org);
        const drafts = plain.map((draft, index) => withAddress(draft, index, word));
        const made = await createContacts(org, drafts);
        const parts = drafts.flatMap(({ full_name, email, company, role }) => [
          ...[full_name, full_name.slice(1, 6), company?.slice(1) ?? '', role?.slice(0, 4) ?? ''],
          email?.slice(2, 8) ?? '',
        ]);
        const searches = [...texts, ...parts, '@example.', 'le.com'].map((text) => text.trim());
        for (const search of searches.filter(hasLongWord)) {
          const matching = made.filter((_, index) => {
            const { full_name, email, company, role } = drafts[index] ?? {};
            return [full_name, email, company, role].some((text) => text?.includes(search));
          });
          const read = () => contactIdsIn(org, { search });
          const check = () =>
            retryUntilStable(read, (found) => {
              const ids = found.filter((id) => made.some((one) => one.id === id));
              expectEqual(ids, matching.map(({ id }) => id).sort(), `the ids found by "${search}"`);
            });
          await retrySearch(context, check, patience);
        }
      },
      8,
    );
  },
  // A server that finds only the beginnings of words.
  fault: onPage(['listContacts'], ({ data }, url) => {
    const text = url.searchParams.get('search') ?? '';
    const found = data.filter(({ full_name, email, company, role }) =>
      [full_name, email, company, role].some((one) => ` ${String(one)}`.includes(` ${text}`)),
    );
    data.splice(0, data.length, ...found);
  }),
});

export default [
  searchCase,
  searchBlanks,
  searchSigns,
  searchWildcards,
  searchAnywhere,
] satisfies readonly Rule[];
