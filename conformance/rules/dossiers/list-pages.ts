import { readContract } from '../../../openapi/contract.ts';
import { firstPageOf, retryUntilStable } from '../../assertions/concurrency.ts';
import { orderOfOwnItems } from '../../assertions/lists.ts';
import { type Page, pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import { type Fault, onPage } from '../../faults/inject.ts';
import { unusedWord } from '../../fixtures/contacts.ts';
import { createDossiers, updateDossier } from '../../fixtures/dossiers.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const defaults = defineRule({
  id: 'pagination/defaults',
  level: 'MUST',
  verifies: ['LG-DOS-011', 'LG-DOS-012'],
  sentence:
    'Listing dossiers without `page` and `per_page` returns the first page in the default size.',
  needs: [],
  check: async (context) => {
    const { contract, organization, expect, about } = context;
    const { size } = pageSizes(contract, 'listDossiers');
    const org = await organization();
    const read = () => firstPageOf(org, 'listDossiers');
    await createDossiers(org, plainDossiers(Math.max(0, size + 2 - (await read()).total)));
    const list = async (query: Record<string, string>) => {
      const exchange = await org.all.send('listDossiers', { query });
      expect.success(exchange);
      return pageOf(exchange).items.map(({ id }) => id);
    };
    await retryUntilStable(read, async ({ total }) => {
      about('LG-DOS-012');
      const defaultPage = await list({});
      expectEqual(defaultPage.length, size, 'the number of items on a page of default size');
      about('LG-DOS-011');
      expectEqual(await list({ page: '1' }), defaultPage, 'the ids on page 1');
      about('LG-DOS-012');
      expectEqual(
        await list({ per_page: String(size) }),
        defaultPage,
        'the ids on a page of that size',
      );
      about('LG-DOS-011');
      const second = (await list({ page: '2' })).length;
      expectEqual(second, Math.min(size, total - size), 'the number of items on page 2');
    });
  },
  fault: onPage(['listDossiers'], ({ data }, url) => {
    if (!url.searchParams.has('per_page')) data.splice(20);
  }),
});

/** Not sorted by name, type or company, in either direction. */
const drafts = [
  { type: 'sales', name: 'Molen', company: 'Delta' },
  { type: 'candidate', name: 'Zee', company: 'Zaan' },
  { type: 'candidate', name: 'akker', company: 'Brug' },
  { type: 'sales', name: 'Haven', company: 'Haven' },
  { type: 'candidate', name: 'Brug', company: 'Akker' },
  { type: 'sales', name: 'Weide', company: 'Kade' },
  { type: 'sales', name: 'Dijk', company: 'Markt' },
] as const;

const newestFirst = defineRule({
  id: 'pagination/newest-first',
  level: 'SHOULD',
  verifies: ['LG-DOS-014'],
  sentence: 'Dossiers are listed in order of creation, newest first.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const made = await createDossiers(org, drafts);
    // An update doesn't change the order.
    await updateDossier(org, made[2]?.id ?? '', { role: 'Recruiter' });
    const expectedIds = made.map(({ id }) => id).reverse();
    for (const query of [{}, { per_page: '2' }]) {
      const seen = await orderOfOwnItems(context.expect, org, 'listDossiers', query, expectedIds);
      expectEqual(seen, expectedIds, 'the ids, newest first,');
    }
  },
  // A server that sorts by creation in whole seconds, and within a second by id.
  fault: onPage(['listDossiers'], ({ data }) => {
    const keyOf = (dossier: (typeof data)[number]) =>
      `${String(dossier['created_at']).slice(0, 19)} ${String(dossier['id'])}`;
    data.sort((a, b) => (keyOf(a) > keyOf(b) ? -1 : 1));
  }),
});

const maximum = defineRule({
  id: 'pagination/maximum',
  level: 'MUST',
  verifies: ['LG-DOS-013', 'LG-GEN-018'],
  sentence:
    'A page of dossiers holds as many items as `per_page` says, and never more than the maximum.',
  needs: [],
  check: async (context) => {
    const { contract, organization, expect, acceptances, about } = context;
    const { maximum } = pageSizes(contract, 'listDossiers');
    const org = await organization();
    const { total } = await firstPageOf(org, 'listDossiers');
    // Different from earlier ones: a repeated creation may return the first dossier (LG-DOS-032).
    const word = await unusedWord(org);
    const drafts = plainDossiers(Math.max(0, maximum + 1 - total));
    await createDossiers(
      org,
      drafts.map((one) => ({ ...one, name: `${one.name} of ${word}` })),
    );
    const list = (perPage: number) =>
      org.all.send('listDossiers', { query: { per_page: String(perPage) } });
    about('LG-DOS-013');
    for (const perPage of [1, maximum - 1, maximum]) {
      const exchange = await list(perPage);
      expect.success(exchange);
      const { items } = pageOf(exchange);
      expectEqual(items.length, perPage, `the number of items on a page of ${String(perPage)}`);
    }
    for (const perPage of [maximum + 1, maximum * 10, 0, -1]) {
      about('LG-DOS-013');
      const exchange = await list(perPage);
      // Whether it is refused or corrected is a decision, but a page never holds more.
      if (!acceptances.of('listDossiers', exchange.response.status)?.success) continue;
      const { items, perPage: appliedSize } = pageOf(exchange);
      const expected = `at most ${String(maximum)} items on a page`;
      expectThat(items.length <= maximum, expected, () => items.length);
      about('LG-GEN-018');
      // There are enough dossiers to fill the first page, whatever its size.
      expectEqual(appliedSize ?? items.length, items.length, 'the size that was applied');
    }
  },
  fault: onPage(['listDossiers'], ({ data }, url) => {
    if (Number(url.searchParams.get('per_page')) > 50) data.splice(50);
  }),
});

/** A server whose pages with a status are larger than the maximum. */
const pasteTogether: Fault = (fetch, name) => async (request) => {
  const url = new URL(request.url);
  const { maximum } = pageSizes(readContract(), 'listDossiers');
  const large =
    Number(url.searchParams.get('per_page')) > maximum && url.searchParams.has('status');
  if (name(request.method, request.url) !== 'listDossiers' || !large) return fetch(request);
  const bodies: { data: unknown[]; meta: object }[] = [];
  url.searchParams.set('per_page', String(maximum));
  let headers = new Headers();
  for (const page of ['1', '2']) {
    url.searchParams.set('page', page);
    const response = await fetch(new Request(url, request));
    headers = new Headers(response.headers);
    bodies.push((await response.json()) as { data: unknown[]; meta: object });
  }
  const data = bodies.flatMap((body) => body.data);
  return new Response(JSON.stringify({ ...bodies[0], data }), { status: 200, headers });
};

const filteredMaximum = defineRule({
  id: 'dossiers/filtered-maximum',
  level: 'MUST',
  verifies: ['LG-DOS-013'],
  sentence: 'With filters too, no page of dossiers holds more items than the maximum.',
  needs: ['fresh-organizations'],
  check: async ({ contract, organization, acceptances }) => {
    const { maximum } = pageSizes(contract, 'listDossiers');
    const org = await organization();
    const type = 'sales' as const;
    const drafts = plainDossiers(maximum + 1).map((draft) => ({ ...draft, type }));
    const [first] = await createDossiers(org, drafts);
    const stage_id = first?.current_stage_id ?? '';
    for (const filter of [{ type }, { status: 'active' }, { stage_id }, { type, stage_id }]) {
      for (const perPage of [maximum + 1, maximum * 2]) {
        const query = { ...filter, per_page: String(perPage) };
        const exchange = await org.all.send('listDossiers', { query });
        // Whether it is refused or corrected is a decision, but a page never holds more.
        if (!acceptances.of('listDossiers', exchange.response.status)?.success) continue;
        const { items }: Page = pageOf(exchange);
        const expected = `at most ${String(maximum)} items on a page`;
        expectThat(items.length <= maximum, expected, () => items.length);
      }
    }
  },
  fault: pasteTogether,
});

export default [defaults, newestFirst, maximum, filteredMaximum] satisfies readonly Rule[];
