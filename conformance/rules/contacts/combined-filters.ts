import type { RequirementId } from '../../../openapi/register.ts';
import {
  comparableContactValue,
  expectFoundByAddress,
  expectFoundBySearch,
  expectNotFoundBySearch,
  retrySearch,
} from '../../assertions/contacts.ts';
import { expectMatches, expectTotals } from '../../assertions/lists.ts';
import { walkPages } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type ContactKind, contactKinds, type NewContact } from '../../contract/resources.ts';
import {
  type Fault,
  ignoreQueryParameters,
  onData,
  onMutableRequest,
  onPage,
  onRequest,
} from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  expectContactNotListed,
  fillPool,
  findListedContact,
  pooledIds,
  unusedWord,
  updateContact,
} from '../../fixtures/contacts.ts';

/** Not similar to one another, so that a fuzzy search finds only one. */
const beginnings = ['Zwartkruis', 'Ondiep', 'Hemelvaart'];

const filtersTogether = defineRule({
  id: 'contacts/filters-together',
  level: 'MUST',
  verifies: ['LG-GEN-023', 'LG-GEN-015', 'LG-CON-005', 'LG-CON-012'],
  sentence:
    'With `kind` and `search`, the list and its total contain the contacts that match both.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const words: string[] = [];
    for (const text of beginnings) words.push(`${text}${await unusedWord(org)}`);
    const kinds = contactKinds(context.contract).slice(0, 3);
    const groups = [[], ...kinds.map((kind) => [kind]), [...kinds]];
    const fields = ['full_name', 'company', 'role'] as const;
    const drafts = words.flatMap((word, index): NewContact[] =>
      groups.map((kind) => ({ full_name: 'Noor', [fields[index] ?? 'role']: word, kind })),
    );
    const made = await createContacts(org, drafts);
    for (const search of words) {
      for (const kind of [[], ...kinds.map((one) => [one]), kinds.slice(0, 2)]) {
        const passing = (has: (own: readonly ContactKind[]) => boolean) =>
          made.filter((_, index) => {
            const { kind: own = [], ...texts } = drafts[index] ?? {};
            return Object.values(texts).includes(search) && (kind.length === 0 || has(own));
          });
        // Whether any of several kinds is enough is a decision (LG-CON-007).
        const any = passing((own) => kind.some((one) => own.includes(one)));
        const each = passing((own) => kind.every((one) => own.includes(one)));
        const query = { search, kind, per_page: '2' };
        await retrySearch(context, async () => {
          // The search alone, with one kind or with several.
          if (kind.length === 0) context.about('LG-CON-012');
          else context.about('LG-GEN-023', ...(kind.length === 1 ? ['LG-CON-005' as const] : []));
          const pages = await walkPages(org.all, 'listContacts', query, context.expect);
          const count = expectMatches(pages, any, each);
          context.about('LG-GEN-015');
          expectTotals(pages, count);
        });
      }
    }
  },
  // A server that ignores the kind if there is a search.
  fault: onRequest(['listContacts'], (request) => {
    const url = new URL(request.url);
    if (url.searchParams.has('search')) url.searchParams.delete('kind');
    return Promise.resolve(new Request(url, request));
  }),
});

const month = 2_592_000;

const poolWithFilters = defineRule({
  id: 'contacts/pool-with-filters',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-GEN-023', 'LG-CON-008'],
  sentence: 'With `kind` and `pool`, the list and its total contain the contacts that match both.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (context) => {
    const org = await context.organization();
    const times = [month, month, -month, -month, null, null, month, month, month];
    const pooled = await fillPool(org, times);
    for (const kind of contactKinds(context.contract).slice(0, 3)) {
      const expectedIds = pooledIds(
        pooled,
        ({ contact, seconds }) => contact.kind.includes(kind) && seconds === month,
      );
      const query = { kind, pool: 'in_pool', per_page: '2' };
      context.about('LG-GEN-023', 'LG-CON-008');
      const pages = await walkPages(org.all, 'listContacts', query, context.expect);
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), expectedIds, `the ids in the pool of the kind ${kind}`);
      context.about('LG-GEN-015');
      expectTotals(pages, expectedIds.length);
    }
  },
  // A server that ignores the pool if there is a kind.
  fault: onMutableRequest(({ url }) => {
    if (url.searchParams.has('kind')) url.searchParams.delete('pool');
  }),
});

/** Every state of the pool, twice for each kind and each word. */
const times = [month, -month].flatMap((time) => Array.from({ length: 8 }, () => time));

/** Not similar to one another, so that a fuzzy search finds only one. */
const words = ['Zwartkruis', 'Hemelvaart'];

/** What the list is about with these filters: with one alone, or with several together. */
const requirementsWith = (
  kind: readonly ContactKind[],
  pool: string | undefined,
  search: string | undefined,
): readonly RequirementId[] => {
  const pooled = pool === 'expired' ? 'LG-CON-009' : 'LG-CON-008';
  const own: RequirementId[] = [
    ...kind.map(() => 'LG-CON-005' as const),
    ...(pool === undefined ? [] : [pooled as RequirementId]),
    ...(search === undefined ? [] : ['LG-CON-012' as const]),
  ];
  return own.length === 1 ? own : ['LG-GEN-023'];
};

const allFiltersTogether = defineRule({
  id: 'contacts/all-filters-together',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-015', 'LG-GEN-023', 'LG-CON-005', 'LG-CON-008'] as const),
    ...(['LG-CON-009', 'LG-CON-012'] as const),
  ],
  sentence:
    'With any combination of `kind`, `pool` and `search`, the list and its total contain the contacts that match all of them.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (context) => {
    const org = await context.organization();
    const pooled = await fillPool(org, times);
    const wordOf = (index: number) => words[Math.floor(index / 2) % 2] ?? '';
    const both = contactKinds(context.contract).slice(0, 2);
    const kindsOf = (index: number) =>
      Math.floor(index / 4) % 2 === 0 ? [both[index % 2] ?? 'candidate'] : both;
    for (const [index, { contact }] of pooled.entries()) {
      const changes = { company: wordOf(index), kind: kindsOf(index) };
      await updateContact(org, contact.id, changes);
    }
    for (const pool of [undefined, 'in_pool', 'expired']) {
      for (const kind of [[], ...both.map((one) => [one]), both]) {
        for (const search of [undefined, ...words]) {
          const passing = (has: (own: readonly ContactKind[]) => boolean) =>
            pooled
              .filter(
                ({ seconds }, index) =>
                  (pool === undefined || (seconds ?? 0) > 0 === (pool === 'in_pool')) &&
                  (kind.length === 0 || has(kindsOf(index))) &&
                  (search === undefined || wordOf(index) === search),
              )
              .map(({ contact }) => contact);
          // Whether any of several kinds is enough is a decision (LG-CON-007).
          const any = passing((own) => kind.some((one) => own.includes(one)));
          const each = passing((own) => kind.every((one) => own.includes(one)));
          const query = { kind, ...(pool && { pool }), ...(search && { search }), per_page: '3' };
          await retrySearch(context, async () => {
            context.about(...requirementsWith(kind, pool, search));
            const pages = await walkPages(org.all, 'listContacts', query, context.expect);
            const count = expectMatches(pages, any, each);
            context.about('LG-GEN-015');
            expectTotals(pages, count);
          });
        }
      }
    }
  },
  // A server that ignores the pool if there are other filters.
  fault: ignoreQueryParameters('listContacts', 'pool'),
});

/** A server that lists by the kinds that a contact was created with. */
const listByFirstKinds: Fault = (fetch, name) => {
  const first = new Map<unknown, unknown[]>();
  const note = onData(['createContact'], ({ id, kind }) => {
    first.set(id, kind as unknown[]);
  });
  const alter = onPage(['listContacts'], ({ data }, url) => {
    const asked = url.searchParams.get('kind');
    const found = data.filter(({ id }) => first.get(id)?.includes(asked));
    if (asked !== null) data.splice(0, data.length, ...found);
  });
  return alter(note(fetch, name), name);
};

/** What the new value of a field is about; that of a phone, only the search that shows it. */
const shownRequirements = {
  city: 'LG-CON-067',
  notes: 'LG-CON-069',
  phone: 'LG-CON-012',
} as const;

const filtersFollow = defineRule({
  id: 'contacts/filters-follow',
  level: 'MUST',
  verifies: ['LG-CON-005', 'LG-CON-012', 'LG-CON-067', 'LG-CON-068', 'LG-CON-069'],
  sentence: 'Listing by `kind` and `search` uses the current values of the contacts.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kinds = contactKinds(context.contract);
    for (const [before, after] of [
      [kinds.slice(0, 2), kinds.slice(1)],
      [[], kinds],
    ] as const) {
      const { id } = await createContact(org, { full_name: 'Noor', kind: [...before] });
      for (const kind of [before, after, before]) {
        context.about('LG-CON-068', 'LG-CON-005');
        await updateContact(org, id, { kind: [...kind] });
        for (const one of kinds) {
          if (kind.includes(one)) await findListedContact(org, id, { kind: one });
          else await expectContactNotListed(org, id, { kind: one });
        }
      }
    }
    const { id } = await createContact(org, { full_name: 'Noor', company: 'Zwartkruis' });
    context.about('LG-CON-012');
    // Each item is found first and missing later, so that it was really removed.
    await expectFoundBySearch(org, id, 'Zwartkruis');
    for (const field of ['company', 'role', 'full_name'] as const) {
      await updateContact(org, id, { company: 'Tulp', [field]: 'Hemelvaart' });
      await expectFoundBySearch(org, id, 'Hemelvaart');
      await expectNotFoundBySearch(org, id, 'Zwartkruis');
      await updateContact(org, id, { [field]: 'Tulp' });
      await expectNotFoundBySearch(org, id, 'Hemelvaart');
    }
    // The search returns the current values.
    await updateContact(org, id, { company: 'Hemelvaart', city: 'Breda', notes: 'Old.' });
    const details = { city: 'Delft', notes: 'New.', phone: '+31 6 12345678' };
    for (const [field, value] of Object.entries(details)) {
      await updateContact(org, id, { [field]: value });
      await retrySearch(context, async () => {
        context.about('LG-CON-012');
        const listed = await findListedContact(org, id, { search: 'Hemelvaart' });
        context.about(shownRequirements[field as keyof typeof details]);
        const shown = comparableContactValue(field, listed[field as 'city']);
        expectEqual(shown, comparableContactValue(field, value), `${field} of the found contact`);
      });
    }
    context.about('LG-CON-012');
    for (const turn of ['a', 'b']) {
      const email = `${turn}${await unusedWord(org)}@example.com`;
      await updateContact(org, id, { email });
      await expectFoundByAddress(org, id, email);
    }
  },
  fault: listByFirstKinds,
});

export default [
  filtersTogether,
  poolWithFilters,
  allFiltersTogether,
  filtersFollow,
] satisfies readonly Rule[];
