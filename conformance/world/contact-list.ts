import type { Contact } from './contacts.ts';
import { expectThat } from './expectations.ts';
import type { Organization } from './organization.ts';
import { pageSizes } from './page-sizes.ts';
import { walkPages, type Page } from './pages.ts';
import type { World } from './world.ts';

type ContactQuery = Readonly<Record<string, string | readonly string[]>>;

type Judge = Pick<World, 'expect' | 'contract'>;

const walk = (
  { expect, contract }: Judge,
  home: Organization,
  query: ContactQuery,
  enough?: (page: Page) => boolean,
): Promise<Page[]> => {
  const { maximum } = pageSizes(contract, 'listContacts');
  const largest = { per_page: String(maximum), ...query };
  return walkPages(home.all, 'listContacts', largest, expect, enough);
};

/** The contacts on each page of the list; pages are as large as can be unless told. */
export const contactPagesIn = async (
  world: Judge,
  home: Organization,
  query: ContactQuery = {},
): Promise<(readonly Contact[])[]> =>
  (await walk(world, home, query)).map(({ items }) => items as readonly Contact[]);

/** All contacts that the list has over its pages. */
export const contactsIn = async (
  world: Judge,
  home: Organization,
  query: ContactQuery = {},
): Promise<Contact[]> => (await contactPagesIn(world, home, query)).flat();

/** Their ids in ascending order, for comparison where the order is a matter of decisions. */
export const contactIdsIn = async (
  world: Judge,
  home: Organization,
  query: ContactQuery = {},
): Promise<string[]> => (await contactsIn(world, home, query)).map(({ id }) => id).sort();

/** The ids in the list, in ascending order, of those that the rule itself has made. */
export const ownIdsIn = async (
  world: Judge,
  home: Organization,
  made: readonly { readonly id: string }[],
  query: ContactQuery = {},
): Promise<string[]> =>
  (await contactIdsIn(world, home, query)).filter((id) => made.some((one) => one.id === id));

/** The contacts in the list that have a word in them which nobody else's have. */
export const contactsWith = async (
  world: Judge,
  home: Organization,
  word: string,
): Promise<Contact[]> =>
  (await contactsIn(world, home)).filter((one) => {
    const texts = [one.full_name, one.email, one.company, one.role, one.city];
    return texts.some((text) => text?.includes(word));
  });

const search = async (
  world: Judge,
  home: Organization,
  id: string,
  query: ContactQuery,
): Promise<Contact | undefined> => {
  const isIt = (one: { readonly id: string }) => one.id === id;
  const pages = await walk(world, home, query, ({ items }) => items.some(isIt));
  return pages.at(-1)?.items.find(isIt) as Contact | undefined;
};

/** The contact as the list shows it; it must. */
export const findListedContact = async (
  world: Judge,
  home: Organization,
  id: string,
  query: ContactQuery = {},
): Promise<Contact> => {
  const found = await search(world, home, id, query);
  expectThat(found !== undefined, `the contact ${id} in the list`, () => 'a list without it');
  return found as Contact;
};

/** The list, to its end, doesn't show the contact. */
export const expectContactNotListed = async (
  world: Judge,
  home: Organization,
  id: string,
  query: ContactQuery = {},
): Promise<void> => {
  const found = await search(world, home, id, query);
  expectThat(found === undefined, `a list without the contact ${id}`, () => found);
};
