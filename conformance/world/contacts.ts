import { schemaAt, type Contract, type Schemas } from '../../openapi/contract.ts';
import { dataOf, type Organization } from './organization.ts';
import type { World } from './world.ts';

export type Contact = Schemas['Contact'];
/** What any answer about a contact has: its id, and of the other fields those that it shows. */
export type ShownContact = Schemas['ContactPatched'];
export type ContactChanges = Schemas['ContactChanges'];
export type NewContact = ContactChanges & Pick<Schemas['NewContact'], 'full_name'>;
/** The members of a contact that hold a text. */
export type TextField = {
  [Name in keyof Contact]-?: Contact[Name] extends string | null | undefined ? Name : never;
}[keyof Contact];
export type Kind = Schemas['ContactKind'];

/** The documented kinds of contacts. */
export const contactKinds = (contract: Contract): readonly Kind[] =>
  schemaAt(contract, '#/components/schemas/ContactKind')['enum'] as Kind[];

/** The names of all fields that a contact has. */
export const contactFields = (contract: Contract): (keyof Contact)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/ContactPatched');
  return Object.keys(properties as object) as (keyof Contact)[];
};

/**
 * What an answer tells of a contact in the fields that the contract names: others may tell
 * something else each time (LG-GEN-006), and kinds may come in any order (LG-CON-047).
 */
export const factsOf = (contract: Contract, contact: ShownContact): Record<string, unknown> =>
  Object.fromEntries(
    contactFields(contract).map((name) => {
      const value = contact[name] ?? null;
      return [name, Array.isArray(value) ? [...value].sort() : value];
    }),
  );

type Judge = Pick<World, 'expect'>;

/** Creates a contact and expects that to succeed. */
export const createContact = async (
  { expect }: Judge,
  home: Organization,
  draft: NewContact,
): Promise<Contact> => {
  const exchange = await home.all.send('createContact', { body: draft });
  expect.success(exchange);
  return dataOf(exchange.json) as Contact;
};

/** Creates one after the other, in the order given. */
export const createContacts = async (
  world: Judge,
  home: Organization,
  drafts: readonly NewContact[],
): Promise<Contact[]> => {
  const made: Contact[] = [];
  for (const draft of drafts) made.push(await createContact(world, home, draft));
  return made;
};

export const retrieveContact = async (
  { expect }: Judge,
  home: Organization,
  id: string,
): Promise<Contact> => {
  const exchange = await home.all.send('getContact', { path: { id } });
  expect.success(exchange);
  return dataOf(exchange.json) as Contact;
};

/** Changes a contact, expects that to succeed, and gives what is answered. */
export const changeContact = async (
  { expect }: Judge,
  home: Organization,
  id: string,
  body: ContactChanges,
): Promise<ShownContact> => {
  const exchange = await home.all.send('updateContact', { path: { id }, body });
  expect.success(exchange);
  return dataOf(exchange.json) as ShownContact;
};

/** Deletes a contact, and expects that to succeed. */
export const deleteContact = async (
  { expect }: Judge,
  home: Organization,
  id: string,
): Promise<void> => {
  expect.success(await home.all.send('deleteContact', { path: { id } }));
};

/**
 * A word that nothing in the organisation has in it, however full that is: the letters and digits of
 * the id of a contact, so that no other run comes upon it either, and a search takes it for one word.
 */
export const anUnusedWord = async (world: Judge, home: Organization): Promise<string> => {
  const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
  return id.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
};

/** An address that nobody in the organisation has. */
export const anUnusedEmail = async (world: Judge, home: Organization): Promise<string> =>
  `noor.${await anUnusedWord(world, home)}@example.com`;

/** The same values, with an address like theirs, if they have one, that nobody has. */
export const withUnusedEmail = async <Values extends object>(
  world: Judge,
  home: Organization,
  values: Values,
): Promise<Values> => {
  const { email } = values as { readonly email?: unknown };
  if (typeof email !== 'string') return values;
  return { ...values, email: email.replace('@', `.${await anUnusedWord(world, home)}@`) };
};
