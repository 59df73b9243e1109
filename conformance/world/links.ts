import { schemaAt, type Contract, type Schemas } from '../../openapi/contract.ts';
import { expectThat } from './expectations.ts';
import { dataOf, type Organization } from './organization.ts';
import { pageOf } from './pages.ts';
import type { World } from './world.ts';

/** A contact as the list of a dossier shows it. */
export type LinkedContact = Schemas['DossierContact'];
/** What linking answers. */
export type Link = Schemas['DossierContactLink'];
/** What unlinking answers. */
export type UnlinkedContact = Schemas['DossierContactUnlinked'];
export type Role = Schemas['RoleOnDossier'];
export type NewLink = Pick<Link, 'contact_id' | 'role_on_dossier'> &
  Partial<Pick<Link, 'is_primary'>>;

type Judge = Pick<World, 'expect'>;

/** The documented roles that a contact can have on a dossier. */
export const rolesOnDossier = (contract: Contract): readonly Role[] =>
  schemaAt(contract, '#/components/schemas/RoleOnDossier')['enum'] as Role[];

/**
 * As a rule links one that becomes primary: in this role each decision lets it be that, and none
 * but this role may make it that by itself (LG-LNK-017, LG-LNK-018).
 */
export const asPrimary = { role_on_dossier: 'primary', is_primary: true } as const;

/** Links a contact to a dossier, and expects that to succeed. */
export const link = async (
  { expect }: Judge,
  home: Organization,
  dossier: string,
  draft: NewLink,
): Promise<Link> => {
  const request = { path: { id: dossier }, body: draft };
  const exchange = await home.all.send('linkDossierContact', request);
  expect.success(exchange);
  return dataOf(exchange.json) as Link;
};

/** Takes a contact off a dossier, and expects that to succeed. */
export const unlink = async (
  { expect }: Judge,
  home: Organization,
  dossier: string,
  contact_id: string,
): Promise<UnlinkedContact> => {
  const path = { id: dossier, contact_id };
  const exchange = await home.all.send('unlinkDossierContact', { path });
  expect.success(exchange);
  return dataOf(exchange.json) as UnlinkedContact;
};

/**
 * The contacts of a dossier, of which there must be no more than a page holds by default: whether
 * there are pages at all is a matter of decisions (LG-LNK-008).
 */
export const contactsOn = async (
  { expect }: Judge,
  home: Organization,
  dossier: string,
): Promise<LinkedContact[]> => {
  const exchange = await home.all.send('listDossierContacts', { path: { id: dossier } });
  expect.success(exchange);
  return pageOf(exchange).items as unknown as LinkedContact[];
};

/** The contact as the list of the dossier shows it; it must. */
export const findLinked = async (
  world: Judge,
  home: Organization,
  dossier: string,
  contact: string,
): Promise<LinkedContact> => {
  const found = (await contactsOn(world, home, dossier)).find((one) => one.contact_id === contact);
  const expected = `the contact ${contact} on the dossier ${dossier}`;
  expectThat(found !== undefined, expected, () => 'a list without it');
  return found as LinkedContact;
};

/** The ids of those who are listed as primary. */
export const primariesOn = async (
  world: Judge,
  home: Organization,
  dossier: string,
): Promise<string[]> =>
  (await contactsOn(world, home, dossier))
    .filter((one) => one.is_primary)
    .map((one) => one.contact_id);

/** What links the contacts of a dossier to it, in the order of their ids. */
export const linksOn = async (
  world: Judge,
  home: Organization,
  dossier: string,
): Promise<Omit<Link, 'dossier_id'>[]> =>
  (await contactsOn(world, home, dossier))
    .map(({ contact_id, role_on_dossier, is_primary }) => ({
      ...{ contact_id, role_on_dossier, is_primary },
    }))
    .sort((one, other) => (one.contact_id < other.contact_id ? -1 : 1));
