import type { OperationId } from '../../openapi/contract.ts';
import { expectEqual } from './expectations.ts';
import type { Organization } from './organization.ts';
import { pageSizes } from './page-sizes.ts';
import type { World } from './world.ts';

/**
 * Walks a list in pages of each of these sizes, undefined for the default one: each page is as full
 * as it must be and tells the truth of itself, and all of them hold these items, in one order.
 *
 * @param wanted - the ids of all that pass the filter
 */
export const expectWholeWalks = async (
  { contract }: Pick<World, 'contract'>,
  home: Organization,
  operation: OperationId,
  filter: Readonly<Record<string, string>>,
  wanted: readonly string[],
  sizes: readonly (number | undefined)[],
): Promise<void> => {
  const { size } = pageSizes(contract, operation);
  const orders: string[][] = [];
  for (const perPage of sizes) {
    const query = perPage === undefined ? filter : { ...filter, per_page: String(perPage) };
    const applied = perPage ?? size;
    const pages = await home.walk(operation, query);
    for (const [index, { items, total, page, perPage: told }] of pages.entries()) {
      const rest = wanted.length - index * applied;
      const which = `page ${String(index + 1)} of ${String(applied)}`;
      expectEqual(items.length, Math.min(applied, rest), `the number of items on ${which}`);
      expectEqual(total, wanted.length, `meta.total on ${which}`);
      expectEqual(page ?? index + 1, index + 1, 'meta.page');
      expectEqual(told ?? applied, applied, 'meta.per_page');
    }
    orders.push(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  }
  for (const order of orders) {
    expectEqual([...order].sort(), [...wanted].sort(), 'the ids on all pages');
    expectEqual(order, orders[0], 'the same order with any page size,');
  }
};
