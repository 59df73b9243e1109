import { expectEqual } from './expectations.ts';
import type { Page } from './pages.ts';

type Ids = readonly { readonly id: string }[];

/**
 * The pages of a list hold and count those that pass a filter. Where a decision leaves open who
 * passes, each reading of it has its own; one of them must be met.
 */
export const expectReading = (
  pages: readonly Page[],
  first: Ids,
  ...others: readonly Ids[]
): void => {
  const seen = pages.flatMap(({ items }) => items.map(({ id }) => id)).sort();
  const [decided, ...more] = [first, ...others].map((ids) => ids.map(({ id }) => id).sort());
  const met = more.find((ids) => ids.join() === seen.join()) ?? decided ?? [];
  expectEqual(seen, met, 'the ids that pass');
  for (const { total } of pages) expectEqual(total, met.length, 'the total');
};
