import { firstPageOf, retryUntilStable } from '../../assertions/concurrency.ts';
import { expectPageChecks } from '../../assertions/lists.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { isPaged, pageSizes } from '../../contract/operations.ts';
import { refuse } from '../../faults/access.ts';
import { ignoreQueryParameters, onPage } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { createContacts } from '../../fixtures/contacts.ts';
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const overMaximum = [
  {
    id: 'pagination/over-maximum',
    verifies: 'LG-GEN-020',
    operation: 'listDossiers',
    sentence: 'A `per_page` above the maximum is refused.',
  },
  {
    id: 'flows/over-maximum',
    verifies: 'LG-FLO-007',
    operation: 'listFlows',
    sentence: 'A `per_page` above the maximum is refused for flows too.',
  },
] as const;

const overMaximumRules = overMaximum.map(({ id, verifies, operation, sentence }) =>
  defineRule({
    id,
    level: 'SHOULD',
    verifies: [verifies],
    sentence,
    needs: [],
    check: async ({ contract, organization, expect }) => {
      const org = await organization();
      const { maximum } = pageSizes(contract, operation);
      const list = (perPage: number) =>
        org.all.send(operation, { query: { per_page: String(perPage) } });
      expect.refusal(await list(maximum + 1), 400);
      expect.success(await list(maximum));
    },
    fault: acceptRefused(400),
  }),
);

const badNumbers = defineRule({
  id: 'pagination/bad-numbers',
  level: 'SHOULD',
  verifies: ['LG-GEN-021'],
  sentence: "Every list refuses a `page` or `per_page` that isn't a whole number above zero.",
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const operation of operations) {
      if (!isPaged(operation)) continue;
      const { id } = operation;
      const request = await org.prepare(id);
      const list = (name: string, value: string) =>
        org.all.send(id, { ...request, query: { [name]: value } });
      for (const name of ['page', 'per_page']) {
        for (const value of ['0', '-1', '1.5', 'two', '1e1', '0x10']) {
          expect.refusal(await list(name, value), 400);
        }
        expect.success(await list(name, '1'));
      }
    }
  },
  fault: acceptRefused(400),
});

const beyondTheEnd = defineRule({
  id: 'pagination/beyond-the-end',
  level: 'SHOULD',
  verifies: ['LG-GEN-022'],
  sentence: 'A page beyond the end is empty and has the correct total.',
  needs: [],
  check: async (context) => {
    const { organization, expect } = context;
    const org = await organization();
    await createDossiers(org, plainDossiers(4));
    const read = () => firstPageOf(org, 'listDossiers');
    await retryUntilStable(read, async ({ total }) => {
      for (const page of [1, 97].map((more) => Math.ceil(total / 2) + more)) {
        const query = { page: String(page), per_page: '2' };
        const exchange = await org.all.send('listDossiers', { query });
        expect.success(exchange);
        const returnedMeta = pageOf(exchange);
        expectEqual(returnedMeta.items, [], 'the items beyond the end');
        expectEqual(returnedMeta.total, total, 'meta.total beyond the end');
        expectEqual(returnedMeta.page, page, 'meta.page beyond the end');
      }
    });
  },
  fault: refuse(404, 'not_found', (request) => request.url.includes('per_page=2')),
});

/** Larger than any list, but still exact numbers. */
const farPages = ['1000000', '2147483648'];

const farBeyondTheEnd = defineRule({
  id: 'pagination/far-beyond-the-end',
  level: 'SHOULD',
  verifies: ['LG-GEN-022'],
  sentence:
    'A page far beyond the end of any list is empty and has the correct total and page number.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const operation of operations) {
      if (!isPaged(operation)) continue;
      const { id } = operation;
      const request = await org.prepare(id);
      const list = async (page: string) => {
        const query = { page, per_page: '2' };
        const exchange = await org.all.send(id, { ...request, query });
        expect.success(exchange);
        return pageOf(exchange);
      };
      const read = async () => (await list('1')).total;
      await retryUntilStable(read, async (total) => {
        for (const page of farPages) {
          const { items, ...returnedMeta } = await list(page);
          expectEqual(items, [], `the items of ${id} beyond the end`);
          expectEqual(returnedMeta, { total, page: Number(page), perPage: 2 }, `meta of ${id}`);
        }
      });
    }
  },
  // A server that returns the number of the last page.
  fault: onPage(['listFlows'], ({ data, meta }) => {
    if (data.length === 0) meta['page'] = 1;
  }),
});

const numbers = ['0', '-1', '1.5', 'two', '1e1'];

const contactsPageChecks = defineRule({
  id: 'contacts/page-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-020', 'LG-GEN-021', 'LG-GEN-022'],
  sentence: 'Listing contacts refuses invalid pages, and returns an empty page beyond the end.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await createContacts(org, plainContacts(3));
    const { maximum } = pageSizes(context.contract, 'listContacts');
    const list = (query: Record<string, string>) => org.all.send('listContacts', { query });
    const invalidQueries = ['page', 'per_page'].flatMap((name) =>
      numbers.map((value) => ({ [name]: value })),
    );
    context.about('LG-GEN-021');
    for (const query of invalidQueries) context.expect.refusal(await list(query), 400);
    context.about('LG-GEN-020');
    context.expect.refusal(await list({ per_page: String(maximum + 1) }), 400);
    context.about('LG-GEN-022');
    const read = () => firstPageOf(org, 'listContacts');
    await retryUntilStable(read, async ({ total }) => {
      const last = Math.ceil(total / 2);
      for (const page of [1, last, last + 1, last + 97]) {
        const exchange = await list({ page: String(page), per_page: '2' });
        context.expect.success(exchange);
        const { items, ...returnedMeta } = pageOf(exchange);
        const rest = Math.max(0, total - 2 * (page - 1));
        expectEqual(items.length, Math.min(2, rest), 'the number of items');
        expectEqual(returnedMeta, { total, page, perPage: 2 }, 'page, per_page and total in meta');
      }
    });
  },
  fault: ignoreQueryParameters('listContacts', 'per_page'),
});

const partLists = [
  {
    id: 'links/page-checks',
    operation: 'listDossierContacts',
    key: 'contact_id',
    items: 'contacts',
  },
  { id: 'notes/page-checks', operation: 'listDossierNotes', key: 'id', items: 'notes' },
] as const;

const partListRules = partLists.map(({ id, operation, key, items }) =>
  defineRule({
    id,
    level: 'SHOULD',
    verifies: ['LG-GEN-020', 'LG-GEN-021', 'LG-GEN-022', 'LG-GEN-026'],
    sentence: `Listing the ${items} of a dossier refuses invalid pages, and returns an empty page beyond the end.`,
    needs: [],
    check: async (context) => {
      const org = await context.organization();
      const { id: dossier } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
      await expectPageChecks(context, { org, operation, dossier, key });
    },
    fault: ignoreQueryParameters(operation, 'page', 'per_page'),
  }),
);

export default [
  ...overMaximumRules,
  badNumbers,
  beyondTheEnd,
  farBeyondTheEnd,
  contactsPageChecks,
  ...partListRules,
] satisfies readonly Rule[];
