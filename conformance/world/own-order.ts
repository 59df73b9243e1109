import type { OperationId } from '../../openapi/contract.ts';
import type { Expectations } from './expectations.ts';
import type { Organization } from './organization.ts';
import { walkPages } from './pages.ts';

/**
 * The order in which a list has these items, each where it is met first: what others add meanwhile
 * moves them on to the next page. The walk ends when all of them were met.
 */
export const seeInOrder = async (
  expect: Expectations,
  home: Organization,
  operation: OperationId,
  query: Readonly<Record<string, string>>,
  own: readonly string[],
): Promise<string[]> => {
  const met = new Set<string>();
  const pages = await walkPages(home.all, operation, query, expect, ({ items }) => {
    for (const { id } of items) met.add(id);
    return own.every((id) => met.has(id));
  });
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => own.includes(id));
};
