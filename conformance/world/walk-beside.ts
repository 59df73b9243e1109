import { atOnce } from './at-once.ts';
import type { Organization } from './organization.ts';
import { pageOf } from './pages.ts';
import type { World } from './world.ts';

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
export const walkBeside = async (
  world: Pick<World, 'expect' | 'acceptances'>,
  home: Organization,
  operation: 'listDossiers' | 'listContacts',
  filter: Readonly<Record<string, string>>,
  write: (page: number) => Promise<unknown>,
  enough: readonly string[] = [],
): Promise<{ readonly ids: string[]; readonly totals: readonly number[] }> => {
  const ids: string[] = [];
  const totals: number[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const paging = { page: String(page), per_page: String(size) };
    const send = () => home.all.send(operation, { query: { ...filter, ...paging } });
    const [{ won, lost }] = await Promise.all([atOnce(world, [send]), write(page)]);
    for (const exchange of lost) world.expect.success(exchange);
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
