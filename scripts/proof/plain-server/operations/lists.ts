import type { Reply } from '../core/records.ts';
import type { Call } from '../core/call.ts';
import type { Installation } from '../core/installation.ts';
import { maximumPageSize, usualPageSize } from '../core/records.ts';
import type { Refusal } from '../core/refusals.ts';
import { beyond, invalid, notFound, undocumentedRefusal } from '../core/refusals.ts';
import { matchOne } from '../values/scalars.ts';

/** How the pagination of a list differs. */
interface ListOptions {
  /** The decision about page sizes above the maximum. */
  readonly maximum?: 'LG-GEN-020' | 'LG-FLO-007';
  /** All items are on one page, and the parameters are ignored. */
  readonly unpaged?: boolean;
}

/** Returns the requested page. */
export const page = <Item>(
  call: Call,
  items: readonly Item[],
  show: (item: Item) => unknown,
  { maximum = 'LG-GEN-020', unpaged = false }: ListOptions = {},
): Reply => {
  const total = items.length;
  if (unpaged) {
    const per_page = Math.max(total, usualPageSize);
    return reply(items.map(show), { total, page: 1, per_page });
  }
  const requested = readNumber(call.installation, call.query, 'page', 1);
  const size = pageSize(call, maximum);
  const number = choosePage(call, requested, total, size);
  const shown = items.slice((number - 1) * size, number * size);
  return reply(shown.map(show), { total, page: number, per_page: size });
};

interface Meta {
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
}

const reply = (data: unknown[], meta: Meta): Reply => ({ status: 200, body: { data, meta } });

/** The maximum page size of flows, if larger ones are lowered (LG-FLO-007). */
const loweredMaximum = 50;

const pageSize = ({ installation, query }: Call, maximum: 'LG-GEN-020' | 'LG-FLO-007'): number => {
  const requested = readNumber(installation, query, 'per_page', usualPageSize);
  if (requested <= maximumPageSize) return requested;
  const choice = installation.choice(maximum);
  if (choice === 0)
    throw undocumentedRefusal(installation, 'per_page is above 100', 'page_too_large');
  if (maximum === 'LG-GEN-020') return choice === 1 ? maximumPageSize : usualPageSize;
  return [requested, loweredMaximum, requested, usualPageSize][choice] ?? requested;
};

/**
 * The page that is returned; another than the requested one if that is beyond the end.
 *
 * @throws Refusal if a page beyond the end is refused (LG-GEN-022)
 */
const choosePage = (
  { installation }: Call,
  requested: number,
  total: number,
  size: number,
): number => {
  // With a page size of 0 there is no last page.
  const last = size === 0 ? Infinity : Math.ceil(total / size) || 1;
  if (requested <= last) return requested;
  switch (installation.choice('LG-GEN-022')) {
    case 1:
      throw notFound(installation, 'Page', String(requested));
    case 2:
      throw invalid(installation, 'page is beyond the end');
    case 3:
      return last;
    case 4:
      throw beyond(installation, requested);
    default:
      return requested;
  }
};

/**
 * A number from the query, or its default.
 *
 * @throws Refusal if it isn't a positive integer (LG-GEN-021)
 */
const readNumber = (
  installation: Installation,
  query: URLSearchParams,
  name: string,
  defaultValue: number,
): number => {
  const [text] = valuesOf(installation, query, name);
  if (text === undefined) return defaultValue;
  const value = parseNumber(installation.choice('LG-GEN-021'), text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  const isEmptyPage = name === 'per_page' && /^0+$/.test(text);
  if (isEmptyPage && installation.takes('LG-GEN-021', 6)) return 0;
  if (installation.takes('LG-GEN-021', 1)) return defaultValue;
  if (installation.takes('LG-GEN-021', 5)) throw notFound(installation, 'Page', text);
  throw invalid(installation, `${name} is not a positive integer`);
};

const parseNumber = (choice: number, text: string): number => {
  if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text);
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (choice === 2) return number;
  if (choice === 3) return Number.isInteger(number) && number < 1 ? 1 : Number.NaN;
  return choice === 4 ? Number.parseInt(text, 10) : Number.NaN;
};

/**
 * The values of a parameter that count: none, one, or several if any of them may match.
 *
 * @throws Refusal if a parameter can't be repeated (LG-GEN-026)
 */
export const valuesOf = (
  installation: Installation,
  query: URLSearchParams,
  name: string,
): readonly string[] => {
  const all = query.getAll(name);
  if (all.length < 2) return all;
  const { choice, variations } = installation;
  if (choice('LG-GEN-026') === 2) return all;
  if (choice('LG-GEN-026') === 0) {
    throw undocumentedRefusal(installation, `${name} occurs twice`, 'repeated_parameter');
  }
  return variations.lastValueCounts ? all.slice(-1) : all.slice(0, 1);
};

/** Whether a value matches. */
export type Test = (value: string) => boolean;

const always: Test = () => true;
const never: Test = () => false;

/**
 * A filter by an enum; it matches every value if the query doesn't have it.
 *
 * @throws Refusal if a value is unknown or empty (LG-GEN-024, LG-GEN-025)
 */
export const readFilter = (
  installation: Installation,
  query: URLSearchParams,
  name: string,
  values: readonly string[],
): Test => {
  const sent = valuesOf(installation, query, name);
  if (sent.length === 0) return always;
  const tests = sent.map((text) => readValue(installation, text, name, values));
  return (value) => tests.some((test) => test(value));
};

/** What one value of an enum filter matches; it throws like `readFilter`. */
export const readValue = (
  installation: Installation,
  text: string,
  name: string,
  values: readonly string[],
): Test => {
  if (text === '') {
    return emptyFilter(installation, () => invalid(installation, `${name} is empty`));
  }
  const known = matchOne(installation, text, values);
  if (known !== undefined) return (value) => value === known;
  const choice = installation.choice('LG-GEN-024');
  if (choice === 0) throw invalid(installation, `${name} is unknown`);
  return choice === 1 ? always : never;
};

/** What an empty value of a filter matches (LG-GEN-025); throws the refusal if it is refused. */
export const emptyFilter = (installation: Installation, refusal: () => Refusal): Test => {
  const choice = installation.choice('LG-GEN-025');
  if (choice === 0) throw refusal();
  return choice === 1 ? always : never;
};

interface Sortable {
  readonly id: string;
  readonly touched: number;
}

/** Sorts dossiers or contacts: newest first, or in another order (LG-DOS-014, LG-CON-021). */
export const inOrder = <Item extends Sortable>(
  { takes, variations }: Installation,
  decision: 'LG-DOS-014' | 'LG-CON-021',
  items: readonly Item[],
): Item[] => {
  if (!takes(decision, 1)) return items.toReversed();
  const { order = 'oldest-first' } = variations;
  switch (order) {
    case 'id':
      return items.toSorted(byId);
    case 'changed':
      return items.toSorted((one, other) => other.touched - one.touched);
    case 'oldest-first':
      return [...items];
  }
};

export const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : 1;

/** Moves the items that meet a condition to the front; otherwise the order stays. */
export const first = <Item>(items: readonly Item[], holds: (item: Item) => boolean): Item[] => [
  ...items.filter(holds),
  ...items.filter((item) => !holds(item)),
];
