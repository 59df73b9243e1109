import type { RequirementId } from '../../../openapi/register.ts';
import { retrySearch } from '../../assertions/contacts.ts';
import { expectCompletePages, orderOfOwnItems, type PagePart } from '../../assertions/lists.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import { contactKinds } from '../../contract/resources.ts';
import { onPage } from '../../faults/inject.ts';
import { createContacts, updateContact } from '../../fixtures/contacts.ts';
import { plainContacts } from '../../generators/contacts.ts';

const pageDefaults = defineRule({
  id: 'contacts/page-defaults',
  level: 'MUST',
  verifies: ['LG-CON-018', 'LG-CON-019', 'LG-GEN-014'],
  sentence:
    'Listing contacts without `page` and `per_page` returns the first page in the default size.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const { size } = pageSizes(context.contract, 'listContacts');
    const org = await context.organization();
    const [kind = 'candidate'] = contactKinds(context.contract);
    const drafts = plainContacts(size + 2).map((draft) => ({ ...draft, kind: [kind] }));
    const made = await createContacts(org, drafts);
    const list = async (query: Record<string, string>) => {
      const exchange = await org.all.send('listContacts', { query });
      context.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      context.about('LG-GEN-014');
      expectEqual(total, made.length, 'meta.total');
      return items.map(({ id }) => id);
    };
    const expectPages = async (filter: Record<string, string>) => {
      const defaultPage = await list(filter);
      context.about('LG-CON-019');
      expectEqual(defaultPage.length, size, 'the number of items on a page of default size');
      const first = await list({ ...filter, page: '1' });
      context.about('LG-CON-018');
      expectEqual(first, defaultPage, 'the ids on page 1');
      const sized = await list({ ...filter, per_page: String(size) });
      context.about('LG-CON-019');
      expectEqual(sized, defaultPage, 'the ids on a page of that size');
      const second = await list({ ...filter, page: '2' });
      context.about('LG-CON-018');
      expectEqual(second.length, 2, 'the number of items on page 2');
      const all = made.map(({ id }) => id);
      expectEqual([...defaultPage, ...second].sort(), all.sort(), 'the ids on both pages');
    };
    for (const filter of [{}, { kind }]) await expectPages(filter);
    await retrySearch(context, () => expectPages({ search: 'Contact' }));
  },
  // A server whose pages are numbered from 0.
  fault: onPage(['listContacts'], ({ data }, url) => {
    if (url.searchParams.get('page') === '1') data.splice(0, data.length - 2);
  }),
});

/** Not sorted by name, company or kind, in either direction. */
const drafts = [
  { full_name: 'Willem', company: 'Delta', kind: ['client' as const] },
  { full_name: 'anna', company: 'Zaan', kind: [] },
  { full_name: 'Zoë', company: 'Brug', kind: ['prospect' as const] },
  { full_name: 'Bram', company: 'Haven', kind: ['candidate' as const, 'client' as const] },
  { full_name: 'Noor', company: 'Akker', kind: ['supplier' as const] },
  { full_name: 'Dirk', company: 'Kade', kind: [] },
  { full_name: 'Karel', company: 'Markt', kind: ['candidate' as const] },
];

const newestFirst = defineRule({
  id: 'contacts/newest-first',
  level: 'SHOULD',
  verifies: ['LG-CON-021'],
  sentence: 'Contacts are listed in order of creation, newest first.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const made = await createContacts(org, drafts);
    // Neither a name nor an update changes the order.
    await updateContact(org, made[2]?.id ?? '', { full_name: 'Sanne' });
    const expectedIds = made.map(({ id }) => id).reverse();
    for (const query of [{}, { per_page: '2' }]) {
      const ids = await orderOfOwnItems(context.expect, org, 'listContacts', query, expectedIds);
      expectEqual(ids, expectedIds, 'the ids, newest first,');
    }
  },
  // A server that sorts by creation in whole seconds, and within a second by id.
  fault: onPage(['listContacts'], ({ data }) => {
    const keyOf = (contact: (typeof data)[number]) =>
      `${String(contact['created_at']).slice(0, 19)} ${String(contact['id'])}`;
    data.sort((a, b) => (keyOf(a) > keyOf(b) ? -1 : 1));
  }),
});

/** What the parts of the pages are about: of the whole list, or of one that a kind filters. */
const requirementOf = (
  part: PagePart,
  perPage: number | undefined,
  filtered: boolean,
): readonly RequirementId[] => {
  if (part === 'size') return [perPage === undefined ? 'LG-CON-019' : 'LG-CON-020', 'LG-GEN-016'];
  if (part === 'total') return [filtered ? 'LG-GEN-015' : 'LG-GEN-014'];
  if (part === 'meta') return ['LG-GEN-018'];
  if (part === 'items') return [filtered ? 'LG-CON-005' : 'LG-GEN-017'];
  return ['LG-GEN-016'];
};

const longList = defineRule({
  id: 'contacts/long-list',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-005', 'LG-CON-018', 'LG-CON-019', 'LG-CON-020'] as const),
    ...(['LG-GEN-014', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'] as const),
  ],
  sentence:
    'More contacts than fit on the largest page are all listed, in order and with the correct total.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const { contract, organization } = context;
    const { size, maximum } = pageSizes(contract, 'listContacts');
    const org = await organization();
    // Exactly as many of one kind as fit on the largest page, mixed with others.
    const [kind = 'candidate'] = contactKinds(contract);
    const step = Math.floor(maximum / size) + 1;
    const drafts = plainContacts(maximum + size).map((draft, index) =>
      index % step === 0 ? draft : { ...draft, kind: [kind] },
    );
    const made = await createContacts(org, drafts);
    for (const filter of [{}, { kind }]) {
      const passing = made.filter((contact) => !('kind' in filter) || contact.kind.length > 0);
      const expectedIds = passing.map(({ id }) => id);
      const sizes = [undefined, size, maximum - 1, maximum];
      const before = (part: PagePart, perPage?: number) => {
        context.about(...requirementOf(part, perPage, 'kind' in filter));
      };
      context.about('LG-CON-018');
      await expectCompletePages(org, 'listContacts', filter, expectedIds, sizes, before);
    }
    context.about('LG-CON-020');
    for (const perPage of [maximum + 1, maximum * 10]) {
      const query = { per_page: String(perPage) };
      const { response, json } = await org.all.send('listContacts', { query });
      // Whether it is refused or corrected is a decision, but a page never holds more.
      const { data = [] } = response.status < 300 ? (json as { data?: unknown[] }) : {};
      expectThat(data.length <= maximum, 'no page above the maximum', () => data.length);
    }
  },
  // A server whose largest page is half as large.
  fault: onPage(['listContacts'], ({ data }, url) => {
    if (Number(url.searchParams.get('per_page')) > 50) data.splice(50);
  }),
});

export default [pageDefaults, newestFirst, longList] satisfies readonly Rule[];
