import type { Call, Reply } from '../call.ts';
import { maximumPageSize, usualPageSize } from '../facts.ts';
import { invalid, notFound, unforeseen } from '../refusal.ts';
import { readNumber } from './page-numbers.ts';

/** How a list differs from others. */
interface Manner {
  /** Which decision says what becomes of a page size above the maximum. */
  readonly maximum?: 'LG-GEN-020' | 'LG-FLO-007';
  /** 1: all come on one page; 2: the list is cut, and its parameters ignored. */
  readonly unpaged?: number;
}

/** Answers the page that was asked for. */
export const page = <Item>(
  call: Call,
  items: readonly Item[],
  show: (item: Item) => unknown,
  { maximum = 'LG-GEN-020', unpaged = 0 }: Manner = {},
): Reply => {
  const total = items.length;
  if (unpaged > 0) {
    const size = unpaged === 2 ? usualPageSize : Math.max(total, usualPageSize);
    return reply(items.slice(0, size).map(show), { total, page: 1, per_page: size });
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
  const last = Math.ceil(total / size) || 1;
  if (wanted <= last) return wanted;
  switch (installation.choice('LG-GEN-022')) {
    case 1:
      throw notFound(installation, 'Page', String(wanted));
    case 2:
      throw invalid(installation, 'page is beyond the end');
    case 3:
      return last;
    default:
      return wanted;
  }
};
