import type { Call, Reply } from '../call.ts';
import { maximumPageSize, usualPageSize } from '../facts.ts';
import { beyond, invalid, notFound, unforeseen } from '../refusal.ts';
import { readNumber } from './page-numbers.ts';

/** How a list differs from others. */
interface Manner {
  /** Which decision says what becomes of a page size above the maximum. */
  readonly maximum?: 'LG-GEN-020' | 'LG-FLO-007';
  /** All come on one page, and its parameters are ignored. */
  readonly unpaged?: boolean;
}

/** Answers the page that was asked for. */
export const page = <Item>(
  call: Call,
  items: readonly Item[],
  show: (item: Item) => unknown,
  { maximum = 'LG-GEN-020', unpaged = false }: Manner = {},
): Reply => {
  const total = items.length;
  if (unpaged) {
    const per_page = Math.max(total, usualPageSize);
    return reply(items.map(show), { total, page: 1, per_page });
  }
  const wanted = readNumber(call.installation, call.query, 'page', 1);
  const size = pageSize(call, maximum);
  const number = reachable(call, wanted, total, size);
  const shown = items.slice((number - 1) * size, number * size);
  return reply(shown.map(show), { total, page: number, per_page: size });
};

interface Meta {
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
}

const reply = (data: unknown[], meta: Meta): Reply => ({ status: 200, body: { data, meta } });

/** The greatest page of flows where a greater one is lowered (LG-FLO-007). */
const someMaximum = 50;

const pageSize = ({ installation, query }: Call, maximum: 'LG-GEN-020' | 'LG-FLO-007'): number => {
  const wanted = readNumber(installation, query, 'per_page', usualPageSize);
  if (wanted <= maximumPageSize) return wanted;
  const choice = installation.choice(maximum);
  if (choice === 0) throw unforeseen(installation, 'per_page is above 100', 'page_too_large');
  if (maximum === 'LG-GEN-020') return choice === 1 ? maximumPageSize : usualPageSize;
  return [wanted, someMaximum, wanted, usualPageSize][choice] ?? wanted;
};

/** The page that is answered, where one beyond the end was asked for (LG-GEN-022). */
const reachable = ({ installation }: Call, wanted: number, total: number, size: number): number => {
  // No page of nothing is the last one.
  const last = size === 0 ? Infinity : Math.ceil(total / size) || 1;
  if (wanted <= last) return wanted;
  switch (installation.choice('LG-GEN-022')) {
    case 1:
      throw notFound(installation, 'Page', String(wanted));
    case 2:
      throw invalid(installation, 'page is beyond the end');
    case 3:
      return last;
    case 4:
      throw beyond(installation, wanted);
    default:
      return wanted;
  }
};
