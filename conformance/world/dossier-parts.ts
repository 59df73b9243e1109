import { expectEqual } from './expectations.ts';
import type { Exchange } from './exchange.ts';
import type { Organization } from './organization.ts';
import { pageSizes } from './page-sizes.ts';
import { pageOf } from './pages.ts';
import type { World } from './world.ts';

/** A list that belongs to one dossier. */
export interface PartsList {
  readonly home: Organization;
  readonly operation: 'listDossierContacts' | 'listDossierNotes';
  readonly dossier: string;
  /** What tells its items apart. */
  readonly key: 'contact_id' | 'id';
}

type Query = Readonly<Record<string, string | readonly string[]>>;
type Judge = Pick<World, 'expect' | 'contract'>;

const send = ({ home, operation, dossier }: PartsList, query: Query): Promise<Exchange> =>
  home.all.send(operation, { path: { id: dossier }, query });

const read = async ({ expect }: Judge, list: PartsList, query: Query) => {
  const exchange = await send(list, query);
  expect.success(exchange);
  const { items, ...meta } = pageOf(exchange);
  return { ids: items.map((item) => (item as unknown as Record<string, string>)[list.key]), meta };
};

/**
 * The ids of all items of a list, whether it is paged or comes whole (LG-LNK-008, LG-NOT-006): what
 * the first answer lacks of its total must be on the next pages.
 */
export const wholeList = async (judge: Judge, list: PartsList): Promise<string[]> => {
  const first = await read(judge, list, {});
  const ids = [...first.ids];
  for (let page = 2; ids.length < first.meta.total; page += 1) {
    const next = await read(judge, list, { page: String(page) });
    // A server that ignores the page shows the same ones for ever.
    if (next.ids.every((id) => ids.includes(id))) break;
    ids.push(...next.ids);
  }
  return ids.map(String);
};

/**
 * A list of so many items, more than a page has by default, is paged as dossiers are: with the
 * default and the maximum of the contract, each page its own stretch of the same order, and each
 * telling its number, its size and the total.
 */
export const expectPaged = async (judge: Judge, list: PartsList, total: number): Promise<void> => {
  const { size, maximum } = pageSizes(judge.contract, list.operation);
  const whole = await read(judge, list, { per_page: String(maximum) });
  expectEqual(whole.meta, { total, page: 1, perPage: maximum }, 'meta of one page of all');
  expectEqual(new Set(whole.ids).size, total, 'the number of items on one page of all');
  const unasked = await read(judge, list, {});
  expectEqual(
    unasked.meta,
    { total, page: 1, perPage: size },
    'meta of the page without parameters',
  );
  expectEqual(unasked.ids, whole.ids.slice(0, size), 'the ids on the page without parameters');
  for (const perPage of [7, size]) {
    for (let page = 1; (page - 1) * perPage < total; page += 1) {
      const query = { page: String(page), per_page: String(perPage) };
      const { ids, meta } = await read(judge, list, query);
      const stretch = whole.ids.slice((page - 1) * perPage, page * perPage);
      const what = `page ${query.page} of ${query.per_page}`;
      expectEqual(ids, stretch, `the ids on ${what}`);
      expectEqual(meta, { total, page, perPage }, `meta of ${what}`);
    }
  }
};

/** Page numbers and sizes that are none are refused, and a page beyond the end is empty. */
export const expectPagesChecked = async (judge: Judge, list: PartsList): Promise<void> => {
  const { maximum } = pageSizes(judge.contract, list.operation);
  const offences: Query[] = ['page', 'per_page'].flatMap((name) => [
    ...['0', '-1', '1.5', 'two', '1e1'].map((value) => ({ [name]: value })),
    { [name]: ['1', '2'] },
  ]);
  for (const query of [...offences, { per_page: String(maximum + 1) }]) {
    judge.expect.refusal(await send(list, query), 400);
  }
  const { meta } = await read(judge, list, { page: '1', per_page: '1' });
  const beyond = await read(judge, list, { page: '99', per_page: '1' });
  expectEqual(beyond.ids, [], 'the items beyond the end');
  expectEqual(beyond.meta, { ...meta, page: 99 }, 'meta beyond the end');
};
