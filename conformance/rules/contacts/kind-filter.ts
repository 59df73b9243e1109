import fc from 'fast-check';
import { retryUntilStable } from '../../assertions/concurrency.ts';
import { retrySearch } from '../../assertions/contacts.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type ContactKind, contactKinds } from '../../contract/resources.ts';
import { onMutableRequest, onPage } from '../../faults/inject.ts';
import {
  contactIdsIn,
  contactPagesIn,
  contactsIn,
  createContacts,
  unusedWord,
} from '../../fixtures/contacts.ts';
import { someKinds } from '../../generators/contacts.ts';

const kindFilter = defineRule({
  id: 'contacts/kind-filter',
  level: 'MUST',
  verifies: ['LG-CON-005'],
  sentence: 'Listing contacts with one `kind` returns exactly the contacts that have it.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kinds = contactKinds(context.contract);
    const groups = fc.array(someKinds(kinds), { minLength: 2, maxLength: 4 });
    await context.property(
      [groups],
      async (some) => {
        const drafts = some.map((kind) => ({ full_name: 'Noor Bakker', kind }));
        const made = await createContacts(org, drafts);
        for (const kind of kinds) {
          const listed = await contactsIn(org, { kind });
          const others = listed.filter((contact) => !contact.kind.includes(kind));
          expectThat(others.length === 0, `only contacts of the kind ${kind}`, () => others[0]);
          const expectedIds = made
            .filter((_, index) => some[index]?.includes(kind))
            .map(({ id }) => id);
          const found = expectedIds.filter((id) => listed.some((contact) => contact.id === id));
          expectEqual(found, expectedIds, `the created contacts of the kind ${kind}`);
        }
      },
      4,
    );
  },
  // A server that lists by the first kind of a contact.
  fault: onPage(['listContacts'], ({ data }, url) => {
    const asked = url.searchParams.get('kind');
    const found = data.filter(({ kind }) => (kind as string[])[0] === asked);
    if (asked !== null) data.splice(0, data.length, ...found);
  }),
});

const severalKindsFilter = defineRule({
  id: 'contacts/several-kinds-filter',
  level: 'MUST',
  verifies: ['LG-CON-006', 'LG-GEN-017'],
  sentence:
    'With several values of `kind`, in any order, a contact is listed if it has any of them, or if it has all of them.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const full_name = 'Noor Bakker';
    const kinds = contactKinds(context.contract);
    const pairs = kinds.map((kind, index) => [kind, kinds[(index + 1) % kinds.length] ?? kind]);
    const groups = [[], ...kinds.map((kind) => [kind]), ...pairs, [...kinds]];
    const made = await createContacts(
      org,
      groups.map((kind) => ({ full_name, kind })),
    );
    const idsOf = (passes: (group: readonly ContactKind[]) => boolean) =>
      made.filter((_, index) => passes(groups[index] ?? [])).map(({ id }) => id);
    const expectCombined = async (asked: readonly ContactKind[]) => {
      const any = idsOf((group) => asked.some((kind) => group.includes(kind)));
      const each = idsOf((group) => asked.every((kind) => group.includes(kind)));
      // A repeated kind has no additional effect.
      for (const kind of [asked, asked.toReversed(), [...asked, ...asked]]) {
        context.about('LG-CON-006');
        const pages = await contactPagesIn(org, { kind });
        const listed = pages.flat();
        const others = listed.filter((contact) => !contact.kind.some((one) => kind.includes(one)));
        expectThat(others.length === 0, `only contacts of ${kind.join(', ')}`, () => others[0]);
        context.about('LG-GEN-017');
        // Contacts added by others may repeat some on the next page, but never within one page.
        for (const page of pages) {
          const different = new Set(page.map(({ id }) => id)).size;
          expectEqual(different, page.length, 'the number of different contacts');
        }
        context.about('LG-CON-006');
        const found = made.filter(({ id }) => listed.some((one) => one.id === id));
        const ids = found.map(({ id }) => id).join();
        expectThat(
          ids === any.join() || ids === each.join(),
          `all contacts with any of ${kind.join(', ')}, or all with each of them`,
          () => found.map((contact) => contact.kind),
        );
      }
    };
    for (const kind of kinds) await expectCombined([kind]);
    await context.property([someKinds(kinds, 2)], expectCombined);
  },
  // A server that uses only the last of several values.
  fault: onMutableRequest(({ url }) => {
    const last = url.searchParams.getAll('kind').at(-1);
    if (last !== undefined) url.searchParams.set('kind', last);
  }),
});

const anyOfKinds = defineRule({
  id: 'contacts/any-of-kinds',
  level: 'SHOULD',
  verifies: ['LG-CON-007'],
  sentence: 'With several values of `kind`, a contact is listed if it has any of them.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kinds = contactKinds(context.contract);
    const pairs = kinds.map((kind, index) => [kind, kinds[(index + 2) % kinds.length] ?? kind]);
    const groups = [[], ...kinds.map((kind) => [kind]), ...pairs, [...kinds]];
    const search = await unusedWord(org);
    const drafts = groups.map((kind) => ({ full_name: `Noor ${search}`, kind }));
    const made = await createContacts(org, drafts);
    const patience = { left: true };
    await context.property(
      [someKinds(kinds, 2)],
      async (asked) => {
        const matching = made.filter((_, index) =>
          asked.some((kind) => groups[index]?.includes(kind)),
        );
        for (const kind of [asked, [...asked, ...asked]]) {
          const ids = matching.map(({ id }) => id).sort();
          const what = `the ids of any of ${kind.join(', ')}`;
          const read = () => contactIdsIn(org, { kind });
          await retryUntilStable(read, (found) => {
            const own = found.filter((id) => made.some((one) => one.id === id));
            expectEqual(own, ids, what);
          });
          // Also across pages, in an organisation that nobody else uses.
          const query = { kind, search, per_page: '4' };
          await retrySearch(
            context,
            async () => {
              expectEqual(await contactIdsIn(org, query), ids, what);
            },
            patience,
          );
        }
      },
      8,
    );
  },
  // A server that uses only the last of several values.
  fault: onMutableRequest(({ url }) => {
    const last = url.searchParams.getAll('kind').at(-1);
    if (last !== undefined) url.searchParams.set('kind', last);
  }),
});

export default [kindFilter, severalKindsFilter, anyOfKinds] satisfies readonly Rule[];
