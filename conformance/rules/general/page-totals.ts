import { createDossiers, createDossier } from '../../fixtures/dossiers.ts';
import fc from 'fast-check';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { pageOf, walkPages } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onPage } from '../../faults/inject.ts';
import { createContacts, deleteContact } from '../../fixtures/contacts.ts';
import { addNote, linkContact, unlinkContact } from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { bareDossiers } from '../../generators/dossiers.ts';

const paginationTotal = defineRule({
  id: 'pagination/total',
  level: 'MUST',
  verifies: ['LG-GEN-014'],
  sentence: 'Each page of dossiers has the number of dossiers on all pages as its total.',
  needs: ['fresh-organizations'],
  check: ({ property, organization }) =>
    property(
      [bareDossiers({ maxLength: 6 }), fc.integer({ min: 1, max: 3 })],
      async (drafts, perPage) => {
        const org = await organization();
        const expectTotal = async (expected: number) => {
          for (const { total } of await org.walk('listDossiers', { per_page: String(perPage) })) {
            expectEqual(total, expected, 'meta.total');
          }
        };
        // Before and after: a number that was correct once isn't enough.
        await expectTotal(0);
        await createDossiers(org, drafts);
        await expectTotal(drafts.length);
      },
    ),
  // A server that counts the items of the page.
  fault: onPage(['listDossiers'], ({ data, meta }) => {
    meta['total'] = data.length;
  }),
});

const filteredTotal = defineRule({
  id: 'pagination/filtered-total',
  level: 'MUST',
  verifies: ['LG-GEN-015', 'LG-DOS-007'],
  sentence: 'With a filter, the pages and the total contain only the dossiers that match it.',
  needs: ['fresh-organizations'],
  check: ({ property, organization, about }) =>
    property(
      [
        bareDossiers({ minLength: 1, maxLength: 8 }),
        fc.constantFrom('candidate', 'sales'),
        fc.integer({ min: 1, max: 3 }),
      ],
      async (drafts, type, perPage) => {
        const org = await organization();
        const made = await createDossiers(org, drafts);
        const expectedIds = made.filter((dossier) => dossier.type === type).map(({ id }) => id);
        const pages = await org.walk('listDossiers', { type, per_page: String(perPage) });
        const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
        about('LG-DOS-007');
        expectEqual(seen.sort(), expectedIds.sort(), `the ids of type ${type} on all pages`);
        about('LG-GEN-015');
        for (const { total } of pages) {
          expectEqual(total, expectedIds.length, `meta.total of type ${type}`);
        }
      },
    ),
  // A server that counts before it filters.
  fault: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.has('type')) meta['total'] = Number(meta['total']) + 1;
  }),
});

const contactsTotal = defineRule({
  id: 'contacts/total',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-016', 'LG-GEN-017'],
  sentence:
    'Each page of contacts has the number of all contacts as its total, and the pages list each contact once.',
  needs: ['fresh-organizations'],
  check: (context) =>
    context.property(
      [fc.nat({ max: 6 }), fc.nat({ max: 3 }), fc.integer({ min: 1, max: 3 })],
      async (count, gone, perPage) => {
        const org = await context.organization();
        const expectAll = async (ids: readonly string[]) => {
          const query = { per_page: String(perPage) };
          const pages = await walkPages(org.all, 'listContacts', query, context.expect);
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          context.about('LG-GEN-016', 'LG-GEN-017');
          expectEqual(seen.sort(), [...ids].sort(), 'the ids on all pages');
          context.about('LG-GEN-014');
          for (const { total } of pages) expectEqual(total, ids.length, 'meta.total');
        };
        await expectAll([]);
        const made = await createContacts(org, plainContacts(count));
        const ids = made.map(({ id }) => id);
        await expectAll(ids);
        for (const id of ids.slice(0, gone)) await deleteContact(org, id);
        await expectAll(ids.slice(gone));
      },
      6,
    ),
  // A server that also counts deleted contacts.
  fault: (fetch, name) => {
    const most = new Map<string | null, number>();
    return (request) => {
      const key = request.headers.get('authorization');
      const alter = onPage(['listContacts'], ({ meta }) => {
        most.set(key, Math.max(most.get(key) ?? 0, Number(meta['total'])));
        meta['total'] = most.get(key);
      });
      return alter(fetch, name)(request);
    };
  },
});

const linksTotal = defineRule({
  id: 'links/total',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-018'],
  sentence: "The total of a dossier's contacts is their current number.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With counted contacts' });
    const count = async () => {
      const exchange = await org.all.send('listDossierContacts', { path: { id } });
      context.expect.success(exchange);
      const { items, total, page, perPage } = pageOf(exchange);
      context.about('LG-GEN-018');
      expectEqual(page ?? 1, 1, 'meta.page');
      const fits = (perPage ?? items.length) >= items.length;
      expectThat(fits, 'a meta.per_page equal to the number of returned items', () => perPage);
      context.about('LG-GEN-014');
      expectEqual(total, items.length, 'meta.total of the contacts on one page');
      return total;
    };
    const before = await count();
    const contacts = await createContacts(org, plainContacts(3));
    for (const { id: contact_id } of contacts) {
      await linkContact(org, id, { contact_id, role_on_dossier: 'introducer' });
    }
    expectEqual(await count(), before + 3, 'meta.total after three links');
    // Whether the list is paged is a decision, but items on other pages count in any case.
    for (const page of ['1', '2']) {
      const query = { page, per_page: '2' };
      const exchange = await org.all.send('listDossierContacts', { path: { id }, query });
      // If the list isn't paged, its page parameters may be refused as unknown.
      if (isPermittedRefusal(context, exchange, ['LG-GEN-027'])) continue;
      context.expect.success(exchange);
      expectEqual(pageOf(exchange).total, before + 3, `meta.total on page ${page}`);
    }
    await unlinkContact(org, id, contacts[0]?.id ?? '');
    expectEqual(await count(), before + 2, 'meta.total after one of them is unlinked');
  },
  // A server whose counter never decreases.
  fault: (fetch, name) => {
    let most = 0;
    const alter = onPage(['listDossierContacts'], ({ meta }) => {
      most = Math.max(most, Number(meta['total']));
      meta['total'] = most;
    });
    return alter(fetch, name);
  },
});

const notesTotal = defineRule({
  id: 'notes/total',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-018'],
  sentence: "The total of a dossier's notes is their current number.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With counted notes' });
    const other = await createDossier(org, { type: 'candidate', name: 'With other notes' });
    await addNote(org, other.id, { content: 'Not counted' });
    const count = async () => {
      const exchange = await org.all.send('listDossierNotes', { path: { id } });
      context.expect.success(exchange);
      const { items, total, page, perPage } = pageOf(exchange);
      context.about('LG-GEN-018');
      expectEqual(page ?? 1, 1, 'meta.page');
      const fits = (perPage ?? items.length) >= items.length;
      expectThat(fits, 'a meta.per_page equal to the number of returned items', () => perPage);
      context.about('LG-GEN-014');
      expectEqual(total, items.length, 'meta.total of the notes on one page');
      return total;
    };
    const before = await count();
    for (const is_internal of [true, false, true]) {
      await addNote(org, id, { content: 'One more', is_internal });
    }
    expectEqual(await count(), before + 3, 'meta.total after three notes');
    // Whether the list is paged is a decision, but items on other pages count in any case.
    for (const page of ['1', '2']) {
      const query = { page, per_page: '2' };
      const exchange = await org.all.send('listDossierNotes', { path: { id }, query });
      // If the list isn't paged, its page parameters may be refused as unknown.
      if (isPermittedRefusal(context, exchange, ['LG-GEN-027'])) continue;
      context.expect.success(exchange);
      expectEqual(pageOf(exchange).total, before + 3, `meta.total on page ${page}`);
    }
  },
  // A server that counts only shared notes.
  fault: onPage(['listDossierNotes'], ({ data, meta }) => {
    meta['total'] = data.filter((note) => note['is_internal'] === false).length;
  }),
});

export default [
  paginationTotal,
  filteredTotal,
  contactsTotal,
  linksTotal,
  notesTotal,
] satisfies readonly Rule[];
