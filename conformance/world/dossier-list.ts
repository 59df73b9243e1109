import { dossierStatuses } from './dossier-types.ts';
import { expectThat } from './expectations.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Dossier, Organization } from './organization.ts';
import { pageSizes } from './page-sizes.ts';
import { pageOf } from './pages.ts';
import type { World } from './world.ts';

export type DossierQuery = Readonly<Record<string, string>>;

/** The first dossier of a list that is as wanted; undefined when none is, to its end. */
const search = async (
  { expect, contract }: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  query: DossierQuery,
  wanted: (dossier: Dossier) => boolean,
): Promise<Dossier | undefined> => {
  const { maximum } = pageSizes(contract, 'listDossiers');
  for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
    const paging = { page: String(page), per_page: String(maximum) };
    const exchange = await home.all.send('listDossiers', { query: { ...query, ...paging } });
    expect.success(exchange);
    const { items, total: all } = pageOf(exchange);
    const found = (items as readonly Dossier[]).find(wanted);
    if (found || items.length === 0) return found;
    seen += items.length;
    total = all;
  }
  return undefined;
};

/** The dossier as the list shows it; it must. */
export const findListed = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
  query: DossierQuery = {},
): Promise<Dossier> => {
  const found = await search(world, home, query, (dossier) => dossier.id === id);
  const which = query['status'] === undefined ? '' : ` under the status ${query['status']}`;
  expectThat(
    found !== undefined,
    `the dossier ${id} in the list${which}`,
    () => 'a list without it',
  );
  return found as Dossier;
};

/**
 * The dossier as the list shows it, whatever its status; it must. Without a status the list may leave
 * some of them out (LG-DOS-015).
 */
export const findUnderAnyStatus = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
): Promise<Dossier> => {
  for (const query of [{}, ...dossierStatuses(world.contract).map((status) => ({ status }))]) {
    const found = await search(world, home, query, (dossier) => dossier.id === id);
    if (found) return found;
  }
  throw new Nonconformity(`the dossier ${id} in the list of some status`, 'lists without it');
};

export const isListed = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
  query: DossierQuery,
): Promise<boolean> =>
  (await search(world, home, query, (dossier) => dossier.id === id)) !== undefined;

/** No dossier has this name, which nothing else in the organisation has either. */
export const expectNoneNamed = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  name: string,
): Promise<void> => {
  const found = await search(world, home, {}, (dossier) => dossier.name === name);
  expectThat(found === undefined, `no dossier named "${name}"`, () => found);
};
