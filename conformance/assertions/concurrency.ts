import type { OperationId } from '../../openapi/contract.ts';
import { pageOf } from '../context/answers.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import type { Exchange } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';

/** The exchanges of simultaneous requests, by whether they succeeded. */
export interface ConcurrentExchanges {
  readonly won: readonly Exchange[];
  readonly lost: readonly Exchange[];
}

/** Sends all requests simultaneously and separates successes from failures. */
export const sendConcurrently = async (
  { acceptances }: Pick<RuleContext, 'acceptances'>,
  sends: readonly (() => Promise<Exchange>)[],
): Promise<ConcurrentExchanges> => {
  const exchanges = await Promise.all(sends.map((send) => send()));
  const succeeded = ({ operation, response }: Exchange): boolean =>
    (operation && acceptances.of(operation, response.status)?.success) === true;
  return {
    won: exchanges.filter(succeeded),
    lost: exchanges.filter((exchange) => !succeeded(exchange)),
  };
};

/** Makes `count` items, each from its index. */
export const repeat = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Statuses that a server may return for a temporary conflict. */
const conflictStatuses: readonly number[] = [409, 500, 503];

/**
 * Sends all requests simultaneously and expects each to succeed. A request that is refused because
 * of a temporary conflict, such as 409 from optimistic locking or 500, is sent once more and must
 * then succeed. The rule checks the combined result.
 */
export const expectConcurrentSuccess = async (
  { expect }: Pick<RuleContext, 'expect'>,
  sends: readonly (() => Promise<Exchange>)[],
): Promise<Exchange[]> => {
  const settled: Exchange[] = [];
  const all = await Promise.all(sends.map(async (send) => ({ send, first: await send() })));
  for (const { send, first } of all) {
    const exchange = conflictStatuses.includes(first.response.status) ? await send() : first;
    expect.success(exchange);
    settled.push(exchange);
  }
  return settled;
};

/** Small, so that there are several pages. */
const size = 3;

/** The maximum number of pages that are read of a list that grows meanwhile. */
const maxPages = 40;

/**
 * Reads a list page by page during writes: one with each page and one between pages.
 *
 * @param write - writes something; gets the page number
 * @param enough - ids that end the walk when all were read; without them it ends with the list
 */
export const walkDuringWrites = async (
  org: Organization,
  operation: 'listDossiers' | 'listContacts',
  filter: Readonly<Record<string, string>>,
  write: (page: number) => Promise<unknown>,
  enough: readonly string[] = [],
): Promise<{ readonly ids: string[]; readonly totals: readonly number[] }> => {
  const ids: string[] = [];
  const totals: number[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const paging = { page: String(page), per_page: String(size) };
    const send = () => org.all.send(operation, { query: { ...filter, ...paging } });
    const [{ won, lost }] = await Promise.all([sendConcurrently(org.context, [send]), write(page)]);
    for (const exchange of lost) org.context.expect.success(exchange);
    const [exchange] = won;
    if (!exchange) return { ids, totals };
    const { items, total } = pageOf(exchange);
    ids.push(...items.map(({ id }) => id));
    totals.push(total);
    const seenAll = enough.length > 0 && enough.every((id) => ids.includes(id));
    if (seenAll || items.length < size || page * size >= total) return { ids, totals };
    await write(page);
  }
  return { ids, totals };
};

/** The number of attempts before the rule gives up on a busy organisation. */
const maxAttempts = 20;

/**
 * Checks something that is true only while nobody else writes. In a shared organisation the check
 * can fail without a fault: if the observed state has changed meanwhile, the check is repeated.
 *
 * @param look - reads the state that must not change during the check; the check receives it
 * @throws Unavailable when others keep changing the state
 */
export const retryUntilStable = async <Seen>(
  read: () => Promise<Seen>,
  check: (seen: Seen) => Promise<void> | void,
): Promise<void> => {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const seen = await read();
    try {
      await check(seen);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Nonconformity)) throw thrown;
      if (JSON.stringify(await read()) === JSON.stringify(seen)) throw thrown;
    }
  }
  throw new Unavailable('It needs an organisation that nobody else writes to for a moment.');
};

/** The ids on the largest first page of a list, and its total. */
export interface FirstPage {
  readonly ids: readonly string[];
  readonly total: number;
}

/** Reads the first page of a list, in the maximum size. */
export const firstPageOf = async (
  org: Organization,
  operation: OperationId,
): Promise<FirstPage> => {
  const { contract, expect } = org.context;

  const { maximum } = pageSizes(contract, operation);
  const exchange = await org.all.send(operation, { query: { per_page: String(maximum) } });
  expect.success(exchange);
  const { items, total } = pageOf(exchange);
  return { ids: items.map(({ id }) => id), total };
};
