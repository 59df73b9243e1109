import fc from 'fast-check';
import type { OperationId } from '../../openapi/contract.ts';
import type { RequirementId } from '../../openapi/register.ts';
import { type Page, pageOf, walkPages } from '../context/answers.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { type Expectations, expectEqual } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import { contactIdsIn, fillPool, pooledIds } from '../fixtures/contacts.ts';
import { aTimeInPool } from '../generators/contacts.ts';
import type { Exchange } from '../http/exchange.ts';

/** A list that belongs to one dossier. */
export interface DossierPartList {
  readonly org: Organization;
  readonly operation: 'listDossierContacts' | 'listDossierNotes';
  readonly dossier: string;
  /** The field that identifies its items. */
  readonly key: 'contact_id' | 'id';
}

type Query = Readonly<Record<string, string | readonly string[]>>;
const requestPage = (
  { org, operation, dossier }: DossierPartList,
  query: Query,
): Promise<Exchange> => org.all.send(operation, { path: { id: dossier }, query });

const readPage = async (
  { expect }: Pick<RuleContext, 'expect' | 'contract'>,
  list: DossierPartList,
  query: Query,
) => {
  const exchange = await requestPage(list, query);
  expect.success(exchange);
  const { items, ...meta } = pageOf(exchange);
  return { ids: items.map((item) => (item as unknown as Record<string, string>)[list.key]), meta };
};

/**
 * The ids of all items of a list, paged or not (LG-LNK-008, LG-NOT-006): items missing from the
 * first response must be on the next pages.
 */
export const idsInWholeList = async (
  judge: Pick<RuleContext, 'expect' | 'contract'>,
  list: DossierPartList,
): Promise<string[]> => {
  const first = await readPage(judge, list, {});
  const ids = [...first.ids];
  for (let page = 2; ids.length < first.meta.total; page += 1) {
    const next = await readPage(judge, list, { page: String(page) });
    // A server that ignores `page` returns the same items again.
    if (next.ids.every((id) => ids.includes(id))) break;
    ids.push(...next.ids);
  }
  return ids.map(String);
};

/**
 * A list with `total` items, more than the default page size, is paged like dossiers: with the
 * default and maximum size of the contract, one order across all pages, and a correct `meta`.
 */
export const expectPaged = async (
  judge: Pick<RuleContext, 'expect' | 'contract'>,
  list: DossierPartList,
  total: number,
): Promise<void> => {
  const { size, maximum } = pageSizes(judge.contract, list.operation);
  const whole = await readPage(judge, list, { per_page: String(maximum) });
  expectEqual(whole.meta, { total, page: 1, perPage: maximum }, 'meta of the largest page');
  expectEqual(new Set(whole.ids).size, total, 'the number of items on the largest page');
  const defaultPage = await readPage(judge, list, {});
  expectEqual(
    defaultPage.meta,
    { total, page: 1, perPage: size },
    'meta of the page without parameters',
  );
  expectEqual(defaultPage.ids, whole.ids.slice(0, size), 'the ids on the page without parameters');
  for (const perPage of [7, size]) {
    for (let page = 1; (page - 1) * perPage < total; page += 1) {
      const query = { page: String(page), per_page: String(perPage) };
      const { ids, meta } = await readPage(judge, list, query);
      const stretch = whole.ids.slice((page - 1) * perPage, page * perPage);
      const what = `page ${query.page} of ${query.per_page}`;
      expectEqual(ids, stretch, `the ids on ${what}`);
      expectEqual(meta, { total, page, perPage }, `meta of ${what}`);
    }
  }
};

/**
 * Invalid page numbers and sizes are refused, and a page beyond the end is empty. The rule verifies
 * the decisions about them.
 */
export const expectPageChecks = async (
  judge: Pick<RuleContext, 'expect' | 'contract' | 'about'>,
  list: DossierPartList,
): Promise<void> => {
  const { maximum } = pageSizes(judge.contract, list.operation);
  const refuse = async (decision: RequirementId, query: Query): Promise<void> => {
    judge.about(decision);
    judge.expect.refusal(await requestPage(list, query), 400);
  };
  for (const name of ['page', 'per_page']) {
    for (const value of ['0', '-1', '1.5', 'two', '1e1']) {
      await refuse('LG-GEN-021', { [name]: value });
    }
    await refuse('LG-GEN-026', { [name]: ['1', '2'] });
  }
  await refuse('LG-GEN-020', { per_page: String(maximum + 1) });
  judge.about('LG-GEN-022');
  const { meta } = await readPage(judge, list, { page: '1', per_page: '1' });
  const beyond = await readPage(judge, list, { page: '99', per_page: '1' });
  expectEqual(beyond.ids, [], 'the items beyond the end');
  expectEqual(beyond.meta, { ...meta, page: 99 }, 'meta beyond the end');
};

/** What is compared of the pages of a list. */
export type PagePart = 'size' | 'total' | 'meta' | 'items' | 'order';

/**
 * Reads a list with each of these page sizes, undefined for the default: every page before the
 * last is full, `meta` is correct, and the pages hold exactly these items in one order.
 *
 * @param expectedIds - the ids of all items that match the filter
 * @param before - called before each part is compared, so that the rule can say what it is about
 */
export const expectCompletePages = async (
  org: Organization,
  operation: OperationId,
  filter: Readonly<Record<string, string>>,
  expectedIds: readonly string[],
  sizes: readonly (number | undefined)[],
  before: (part: PagePart, perPage?: number) => void = () => undefined,
): Promise<void> => {
  const { contract } = org.context;

  const { size } = pageSizes(contract, operation);
  const orders: string[][] = [];
  for (const perPage of sizes) {
    const query = perPage === undefined ? filter : { ...filter, per_page: String(perPage) };
    const applied = perPage ?? size;
    const pages = await org.walk(operation, query);
    for (const [index, { items, total, page, perPage: stated }] of pages.entries()) {
      const rest = expectedIds.length - index * applied;
      const which = `page ${String(index + 1)} of ${String(applied)}`;
      before('size', perPage);
      expectEqual(items.length, Math.min(applied, rest), `the number of items on ${which}`);
      before('total', perPage);
      expectEqual(total, expectedIds.length, `meta.total on ${which}`);
      before('meta', perPage);
      expectEqual(page ?? index + 1, index + 1, 'meta.page');
      expectEqual(stated ?? applied, applied, 'meta.per_page');
    }
    orders.push(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  }
  for (const order of orders) {
    before('items');
    expectEqual([...order].sort(), [...expectedIds].sort(), 'the ids on all pages');
    before('order');
    expectEqual(order, orders[0], 'the same order with any page size,');
  }
};

/**
 * The order in which a list has these items. Items that others add meanwhile may repeat some on
 * the next page. The walk ends when all of them were read.
 */
export const orderOfOwnItems = async (
  expect: Expectations,
  org: Organization,
  operation: OperationId,
  query: Readonly<Record<string, string>>,
  own: readonly string[],
): Promise<string[]> => {
  const seenAll = new Set<string>();
  const pages = await walkPages(org.all, operation, query, expect, ({ items }) => {
    for (const { id } of items) seenAll.add(id);
    return own.every((id) => seenAll.has(id));
  });
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => own.includes(id));
};

type Ids = readonly { readonly id: string }[];

/**
 * The pages of a list contain and count the items that match a filter. If a decision leaves open
 * which items match, one of the alternatives must be met.
 */
export const expectFiltered = (
  pages: readonly Page[],
  first: Ids,
  ...others: readonly Ids[]
): void => {
  expectTotals(pages, expectMatches(pages, first, ...others));
};

/**
 * The pages of a list contain the items that match a filter, by any of the alternatives.
 *
 * @returns how many match
 */
export const expectMatches = (
  pages: readonly Page[],
  first: Ids,
  ...others: readonly Ids[]
): number => {
  const seen = pages.flatMap(({ items }) => items.map(({ id }) => id)).sort();
  const [decided, ...more] = [first, ...others].map((ids) => ids.map(({ id }) => id).sort());
  const seenAll = more.find((ids) => ids.join() === seen.join()) ?? decided ?? [];
  expectEqual(seen, seenAll, 'the ids that match');
  return seenAll.length;
};

/** Each page of a list states this total. */
export const expectTotals = (pages: readonly Page[], count: number): void => {
  for (const { total } of pages) expectEqual(total, count, 'the total');
};

export interface PoolList {
  /** The value of the filter. */
  readonly pool: 'in_pool' | 'expired';
  /** Whether a contact matches whose time in the pool ends in this number of seconds. */
  readonly holds: (seconds: number) => boolean;
}

/**
 * Fills the talent pool in many ways and expects that the filter returns exactly the matching
 * contacts.
 */
export const expectPoolList = (
  context: Pick<RuleContext, 'property' | 'organization' | 'expect' | 'contract'>,
  { pool, holds }: PoolList,
): Promise<void> =>
  context.property(
    [fc.array(aTimeInPool(), { maxLength: 6 })],
    async (times) => {
      const org = await context.organization();
      const pooled = await fillPool(org, times);
      const expectedIds = pooledIds(pooled, ({ seconds }) => seconds !== null && holds(seconds));
      const { maximum } = pageSizes(context.contract, 'listContacts');
      for (const per_page of ['2', String(maximum)]) {
        const listed = await contactIdsIn(org, { pool, per_page });
        expectEqual(listed, expectedIds, `the ids of the contacts with pool=${pool}`);
      }
    },
    8,
  );
