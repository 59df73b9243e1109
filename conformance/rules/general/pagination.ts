import { createDossiers } from '../../fixtures/dossiers.ts';
import fc from 'fast-check';
import { readContract } from '../../../openapi/contract.ts';
import { firstPageOf, retryUntilStable } from '../../assertions/concurrency.ts';
import { expectCompletePages } from '../../assertions/lists.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import { onPage } from '../../faults/inject.ts';
import { createContacts } from '../../fixtures/contacts.ts';
import { flowsOf } from '../../fixtures/flows.ts';
import { bareDossiers, plainDossiers, plainFlows } from '../../generators/dossiers.ts';

const metaComplete = defineRule({
  id: 'pagination/meta-complete',
  level: 'MUST',
  verifies: ['LG-GEN-019'],
  sentence: '`meta` has `page` and `per_page` in addition to `total`.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id } of operations.filter((operation) => operation.id.startsWith('list'))) {
      const exchange = await org.all.send(id, await org.prepare(id));
      expect.success(exchange);
      const { page, perPage } = pageOf(exchange);
      const complete = page !== undefined && perPage !== undefined;
      expectThat(complete, `page and per_page in meta of ${id}`, () => exchange.json);
    }
  },
  fault: onPage(['listDossiers'], ({ meta }) => {
    delete meta['per_page'];
  }),
});

const meta = defineRule({
  id: 'pagination/meta',
  level: 'MUST',
  verifies: ['LG-GEN-018'],
  sentence: '`page` and `per_page` in `meta` are the page and the page size that were requested.',
  needs: [],
  check: async ({ property, organization, expect }) => {
    const org = await organization();
    await createDossiers(org, plainDossiers(6));
    await property(
      [fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })],
      async (perPage, drawn) => {
        const number = ((drawn - 1) % Math.ceil(6 / perPage)) + 1;
        const query = { page: String(number), per_page: String(perPage) };
        const exchange = await org.all.send('listDossiers', { query });
        expect.success(exchange);
        const returnedMeta = pageOf(exchange);
        expectEqual(returnedMeta.page ?? number, number, 'meta.page');
        expectEqual(returnedMeta.perPage ?? perPage, perPage, 'meta.per_page');
      },
    );
  },
  fault: onPage(['listDossiers'], ({ meta }) => {
    meta['page'] = 1;
  }),
});

const fullPages = defineRule({
  id: 'pagination/full-pages',
  level: 'MUST',
  verifies: ['LG-GEN-016'],
  sentence: 'Every page before the last is full, and each page holds its own part of the list.',
  needs: [],
  check: async (context) => {
    const { organization, expect } = context;
    const org = await organization();
    await createDossiers(org, plainDossiers(12));
    const list = async (page: number, perPage: number) => {
      const query = { page: String(page), per_page: String(perPage) };
      const exchange = await org.all.send('listDossiers', { query });
      expect.success(exchange);
      return pageOf(exchange).items.map(({ id }) => id);
    };
    const read = () => firstPageOf(org, 'listDossiers');
    await retryUntilStable(read, async ({ ids: whole, total }) => {
      const most = pageSizes(context.contract, 'listDossiers').maximum;
      expectEqual(whole.length, Math.min(total, most), 'the number of dossiers on one page of all');
      // Page sizes that divide the total exactly, that leave one item over, and that hold
      // everything.
      for (const perPage of [1, 2, 3, 5, 6, 11, 12]) {
        for (let page = 1; (page - 1) * perPage < 12; page += 1) {
          const stretch = whole.slice((page - 1) * perPage, page * perPage);
          const what = `the ids on page ${String(page)} of ${String(perPage)}`;
          expectEqual(await list(page, perPage), stretch, what);
        }
      }
    });
  },
  fault: onPage(['listDossiers'], ({ data }, url) => {
    if (url.searchParams.get('page') !== '1') data.pop();
  }),
});

const sorted = (ids: readonly string[]) => [...ids].sort();

const fullWalk = defineRule({
  id: 'pagination/full-walk',
  level: 'MUST',
  verifies: ['LG-GEN-017'],
  sentence: 'Reading all pages returns every dossier exactly once.',
  needs: ['fresh-organizations'],
  check: ({ property, organization }) =>
    property(
      // Sizes from 1 to 4 divide many of these totals exactly, and leave one over in others.
      [bareDossiers({ maxLength: 9 }), fc.integer({ min: 1, max: 4 })],
      async (drafts, perPage) => {
        const org = await organization();
        const made = await createDossiers(org, drafts);
        const pages = await org.walk('listDossiers', { per_page: String(perPage) });
        const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
        expectEqual(sorted(seen), sorted(made.map(({ id }) => id)), 'the ids on all pages');
      },
    ),
  fault: onPage(['listDossiers'], ({ data }) => {
    data.pop();
  }),
});

/** More than ten, so that pages of one item have numbers of two digits. */
const companies = Array.from({ length: 11 }, (_, index) => `Company ${String(index + 1)}`);

const namesakes = defineRule({
  id: 'pagination/namesakes',
  level: 'MUST',
  verifies: ['LG-GEN-017', 'LG-GEN-047'],
  sentence: 'Items with the same name have different ids, and each is on exactly one page.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const name = 'Noor Bakker';
    const contacts = companies.map((company) => ({ full_name: name, company }));
    // A dossier may create a contact, so contacts are checked first.
    const people = (await createContacts(org, contacts)).map(({ id }) => id);
    const expectAll = async (
      operation: 'listContacts' | 'listDossiers',
      expectedIds: readonly string[],
    ) => {
      for (const perPage of ['1', '4']) {
        const pages = await org.walk(operation, { per_page: perPage });
        const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
        expectEqual(seen.sort(), [...expectedIds].sort(), `the ids on all pages of ${perPage}`);
      }
    };
    await expectAll('listContacts', people);
    const drafts = companies.map((company) => ({ type: 'sales' as const, name, company }));
    const dossiers = (await createDossiers(org, drafts)).map(({ id }) => id);
    await expectAll('listDossiers', dossiers);
  },
  // A server that reads the first digit of a page number.
  fault: onPage(['listDossiers', 'listContacts'], ({ data }, { searchParams }) => {
    if ((searchParams.get('page') ?? '').length > 1) data.splice(0);
  }),
});

const pages = defineRule({
  id: 'flows/pages',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'],
  sentence: 'The pages of flows hold every flow exactly once, and their total is correct.',
  needs: ['flows', 'fresh-organizations'],
  check: async ({ organization, property, about }) => {
    const org = await organization();
    const made: string[] = [];
    for (const draft of plainFlows(6)) made.push((await org.createFlow(draft)).id);
    const whole = (await flowsOf(org, { per_page: '20' })).map(({ id }) => id);
    const missing = made.filter((id) => !whole.includes(id));
    about('LG-GEN-017');
    expectEqual(missing, [], 'the flows that the list lacks');
    await property([fc.integer({ min: 1, max: whole.length })], async (perPage) => {
      const pages = await org.walk('listFlows', { per_page: String(perPage) });
      for (const [index, { items, total, ...returnedMeta }] of pages.entries()) {
        const stretch = whole.slice(index * perPage, (index + 1) * perPage);
        const what = `the flows on page ${String(index + 1)} of ${String(perPage)}`;
        const ids = items.map(({ id }) => id);
        about('LG-GEN-016');
        expectEqual(ids, stretch, what);
        about('LG-GEN-014');
        expectEqual(total, whole.length, 'meta.total');
        about('LG-GEN-018');
        expectEqual(returnedMeta.page ?? index + 1, index + 1, 'meta.page');
        expectEqual(returnedMeta.perPage ?? perPage, perPage, 'meta.per_page');
      }
      about('LG-GEN-017');
      expectEqual(pages.length, Math.ceil(whole.length / perPage), 'the number of pages');
    });
  },
  // A server that skips one item too many.
  fault: onPage(['listFlows'], ({ data }, url) => {
    if (url.searchParams.get('page') !== '1') data.shift();
  }),
});

const longList = defineRule({
  id: 'pagination/long-list',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-014', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'] as const),
    ...(['LG-DOS-007', 'LG-DOS-012', 'LG-DOS-013'] as const),
  ],
  sentence:
    'A list that is longer than the largest page is complete, in order and has the correct total.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const { contract, organization, about } = context;
    const { size, maximum } = pageSizes(contract, 'listDossiers');
    const org = await organization();
    // Of one type exactly as many as fill pages of the default size, of the other one more.
    const made = await createDossiers(org, plainDossiers(maximum + 1));
    const all = {};
    for (const filter of [all, { type: 'candidate' }, { type: 'sales' }, { status: 'active' }]) {
      const passing = made.filter(({ type }) => !('type' in filter) || filter.type === type);
      const expectedIds = passing.map(({ id }) => id);
      const sizes = [undefined, size, 2 * size, maximum];
      const requirements = {
        total: filter === all ? 'LG-GEN-014' : 'LG-GEN-015',
        meta: 'LG-GEN-018',
        items: 'type' in filter ? 'LG-DOS-007' : 'LG-GEN-017',
        order: 'LG-GEN-016',
      } as const;
      await expectCompletePages(
        ...([org, 'listDossiers', filter, expectedIds, sizes] as const),
        (part, perPage) => {
          if (part !== 'size') about(requirements[part]);
          else about('LG-GEN-016', perPage === undefined ? 'LG-DOS-012' : 'LG-DOS-013');
        },
      );
    }
  },
  // A server that reads only as many rows as fit on the largest page.
  fault: onPage(['listDossiers'], ({ data }, url) => {
    const { maximum } = pageSizes(readContract(), 'listDossiers');
    if (
      Number(url.searchParams.get('per_page')) === maximum &&
      url.searchParams.get('page') === '2'
    ) {
      data.splice(0);
    }
  }),
});

export default [
  metaComplete,
  meta,
  fullPages,
  fullWalk,
  namesakes,
  pages,
  longList,
] satisfies readonly Rule[];
