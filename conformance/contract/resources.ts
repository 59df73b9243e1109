import { type Contract, schemaAt, type Schemas } from '../../openapi/contract.ts';

export type Dossier = Schemas['Dossier'];

export type NewDossier = Schemas['NewDossier'];

export type Flow = Schemas['Flow'];

export type DossierChanges = Schemas['DossierChanges'];

/** What an answer about a changed dossier tells of it: the id, and any other fields. */
export type ChangedDossier = Schemas['DossierPatched'];

export type DossierStatus = NonNullable<Dossier['status']>;

/** The documented types of dossiers and flows. */
export const dossierTypes = (contract: Contract): readonly NewDossier['type'][] =>
  schemaAt(contract, '#/components/schemas/DossierType')['enum'] as NewDossier['type'][];

/** The fields of a dossier that are for sales only. */
export const salesOnlyFields = (contract: Contract): string[] => {
  const { then } = schemaAt(contract, '#/components/schemas/SalesOnlyFields') as {
    then: { properties: object };
  };
  return Object.keys(then.properties);
};

/** The documented statuses of dossiers. */
export const dossierStatuses = (contract: Contract): readonly string[] =>
  schemaAt(contract, '#/components/schemas/DossierStatus')['enum'] as string[];

/** The statuses of dossiers that are not archived. */
export const liveStatuses = (contract: Contract): readonly DossierStatus[] =>
  (dossierStatuses(contract) as readonly DossierStatus[]).filter((status) => status !== 'archived');

/** The names of all fields that a dossier has. */
export const dossierFields = (contract: Contract): (keyof Dossier)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/DossierPatched');
  return Object.keys(properties as object) as (keyof Dossier)[];
};

export type Stage = Flow['stages'][number];

export type Contact = Schemas['Contact'];
/** What any answer about a contact has: its id, and of the other fields those that it shows. */
export type ShownContact = Schemas['ContactPatched'];

export type NewContact = ContactChanges & Pick<Schemas['NewContact'], 'full_name'>;

export type ContactChanges = Schemas['ContactChanges'];

/** The members of a contact that hold a text. */
export type ContactTextField = {
  [Name in keyof Contact]-?: Contact[Name] extends string | null | undefined ? Name : never;
}[keyof Contact];
export type ContactKind = Schemas['ContactKind'];

/** The documented kinds of contacts. */
export const contactKinds = (contract: Contract): readonly ContactKind[] =>
  schemaAt(contract, '#/components/schemas/ContactKind')['enum'] as ContactKind[];

/** The names of all fields that a contact has. */
export const contactFields = (contract: Contract): (keyof Contact)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/ContactPatched');
  return Object.keys(properties as object) as (keyof Contact)[];
};

/** A contact as the list of a dossier shows it. */
export type LinkedContact = Schemas['DossierContact'];
/** What linking answers. */
export type Link = Schemas['DossierContactLink'];
/** What unlinking answers. */
export type UnlinkedContact = Schemas['DossierContactUnlinked'];

export type NewLink = Pick<Link, 'contact_id' | 'role_on_dossier'> &
  Partial<Pick<Link, 'is_primary'>>;

export type LinkRole = Schemas['RoleOnDossier'];

/** The documented roles that a contact can have on a dossier. */
export const rolesOnDossier = (contract: Contract): readonly LinkRole[] =>
  schemaAt(contract, '#/components/schemas/RoleOnDossier')['enum'] as LinkRole[];

export type Note = Schemas['Note'];
export type NewNote = Pick<Note, 'content'> & Partial<Pick<Note, 'is_internal'>>;

/** The names of all fields that a note has. */
export const noteFields = (contract: Contract): (keyof Note)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/NotePayload');
  return Object.keys(properties as object) as (keyof Note)[];
};
