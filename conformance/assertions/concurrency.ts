import type { OperationId } from '../../openapi/contract.ts';
import { pageOf } from '../context/answers.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { Nonconformity } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import type { Exchange } from '../http/exchange.ts';
import { Unavailable } from '../targets/target.ts';

/** The exchanges of a race, apart by how they ended. */
export interface Race {
  readonly won: readonly Exchange[];
  readonly lost: readonly Exchange[];
}

/** Does all of it at the same moment, and tells what succeeded. */
export const atOnce = async (
  { acceptances }: Pick<RuleContext, 'acceptances'>,
  sends: readonly (() => Promise<Exchange>)[],
): Promise<Race> => {
  const exchanges = await Promise.all(sends.map((send) => send()));
  const succeeded = ({ operation, response }: Exchange): boolean =>
    (operation && acceptances.of(operation, response.status)?.success) === true;
  return {
    won: exchanges.filter(succeeded),
    lost: exchanges.filter((exchange) => !succeeded(exchange)),
  };
};

/** So many times the same, told apart by their number. */
export const repeat = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Statuses with which a server may refuse for the moment what it would do by itself. */
const momentary: readonly number[] = [409, 500, 503];

/**
 * Does all of it at the same moment, and expects it to succeed. Who is refused for that moment alone,
 * as servers do that look for changes under their hands (409) or fail over them (500), may be sent
 * again: by itself it must succeed. What comes of them all together is for the rule to look at.
 */
export const allAtOnce = async (
  { expect }: Pick<RuleContext, 'expect'>,
  sends: readonly (() => Promise<Exchange>)[],
): Promise<Exchange[]> => {
  const settled: Exchange[] = [];
  const all = await Promise.all(sends.map(async (send) => ({ send, first: await send() })));
  for (const { send, first } of all) {
    const exchange = momentary.includes(first.response.status) ? await send() : first;
    expect.success(exchange);
    settled.push(exchange);
  }
  return settled;
};

/** A page is small, so that there are several. */
const size = 3;

/** In a list that grows while it is walked, so many pages are enough. */
const mostPages = 40;

/**
 * Walks a list page by page while somebody writes: beside each page, and between it and the next.
 *
 * @param write - what is done, with the number of the page
 * @param enough - ids after which the walk may end; without them it goes to the end of the list
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
  for (let page = 1; page <= mostPages; page += 1) {
    const paging = { page: String(page), per_page: String(size) };
    const send = () => org.all.send(operation, { query: { ...filter, ...paging } });
    const [{ won, lost }] = await Promise.all([atOnce(org.context, [send]), write(page)]);
    for (const exchange of lost) org.context.expect.success(exchange);
    const [exchange] = won;
    if (!exchange) return { ids, totals };
    const { items, total } = pageOf(exchange);
    ids.push(...items.map(({ id }) => id));
    totals.push(total);
    const met = enough.length > 0 && enough.every((id) => ids.includes(id));
    if (met || items.length < size || page * size >= total) return { ids, totals };
    await write(page);
  }
  return { ids, totals };
};

/** So often others may come between before there is no hope of a still moment. */
const mostAttempts = 20;

/**
 * Checks what holds of a list as long as nobody writes to it. In an organisation where others work
 * that may fail without any fault: if what was looked at isn't the same any more, it's checked anew.
 *
 * @param look - what must be the same after the check as before; the check is given it
 * @throws Unavailable when others never leave it alone for so long
 */
export const retryUntilStable = async <Seen>(
  look: () => Promise<Seen>,
  check: (seen: Seen) => Promise<void> | void,
): Promise<void> => {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const seen = await look();
    try {
      await check(seen);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Nonconformity)) throw thrown;
      if (JSON.stringify(await look()) === JSON.stringify(seen)) throw thrown;
    }
  }
  throw new Unavailable('It needs an organisation that nobody else writes to for a moment.');
};

/** The longest first page of a list, in ids, and the total that it tells. */
export interface FirstPage {
  readonly ids: readonly string[];
  readonly total: number;
}

/** Looks at the beginning of a list. */
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
