import { type Contract, schemaAt, type Schemas } from '../../openapi/contract.ts';

export type Dossier = Schemas['Dossier'];

export type NewDossier = Schemas['NewDossier'];

export type Flow = Schemas['Flow'];

export type DossierChanges = Schemas['DossierChanges'];

/** A dossier in the response to an update: its id, and any of the other fields. */
export type ChangedDossier = Schemas['DossierPatched'];

export type DossierStatus = NonNullable<Dossier['status']>;

/** The documented types of dossiers and flows. */
export const dossierTypes = (contract: Contract): readonly NewDossier['type'][] =>
  schemaAt(contract, '#/components/schemas/DossierType')['enum'] as NewDossier['type'][];

/** The fields that only dossiers of type sales have. */
export const salesOnlyFields = (contract: Contract): string[] => {
  const { then } = schemaAt(contract, '#/components/schemas/SalesOnlyFields') as {
    then: { properties: object };
  };
  return Object.keys(then.properties);
};

/** The documented statuses of dossiers. */
export const dossierStatuses = (contract: Contract): readonly string[] =>
  schemaAt(contract, '#/components/schemas/DossierStatus')['enum'] as string[];

/** The statuses of dossiers but `archived`. */
export const liveStatuses = (contract: Contract): readonly DossierStatus[] =>
  (dossierStatuses(contract) as readonly DossierStatus[]).filter((status) => status !== 'archived');

/** The names of all fields of a dossier. */
export const dossierFields = (contract: Contract): (keyof Dossier)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/DossierPatched');
  return Object.keys(properties as object) as (keyof Dossier)[];
};

export type Stage = Flow['stages'][number];

export type Contact = Schemas['Contact'];
/** A contact in any response: its id, and any of the other fields. */
export type ShownContact = Schemas['ContactPatched'];

export type NewContact = ContactChanges & Pick<Schemas['NewContact'], 'full_name'>;

export type ContactChanges = Schemas['ContactChanges'];

/** The string fields of a contact. */
export type ContactTextField = {
  [Name in keyof Contact]-?: Contact[Name] extends string | null | undefined ? Name : never;
}[keyof Contact];
export type ContactKind = Schemas['ContactKind'];

/** The documented kinds of contacts. */
export const contactKinds = (contract: Contract): readonly ContactKind[] =>
  schemaAt(contract, '#/components/schemas/ContactKind')['enum'] as ContactKind[];

/** The names of all fields of a contact. */
export const contactFields = (contract: Contract): (keyof Contact)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/ContactPatched');
  return Object.keys(properties as object) as (keyof Contact)[];
};

/** A contact in the list of a dossier's contacts. */
export type LinkedContact = Schemas['DossierContact'];
/** The response to linking. */
export type Link = Schemas['DossierContactLink'];
/** The response to unlinking. */
export type UnlinkedContact = Schemas['DossierContactUnlinked'];

export type NewLink = Pick<Link, 'contact_id' | 'role_on_dossier'> &
  Partial<Pick<Link, 'is_primary'>>;

export type LinkRole = Schemas['RoleOnDossier'];

/** The documented roles that a contact can have on a dossier. */
export const rolesOnDossier = (contract: Contract): readonly LinkRole[] =>
  schemaAt(contract, '#/components/schemas/RoleOnDossier')['enum'] as LinkRole[];

export type Note = Schemas['Note'];
export type NewNote = Pick<Note, 'content'> & Partial<Pick<Note, 'is_internal'>>;

/** The names of all fields of a note. */
export const noteFields = (contract: Contract): (keyof Note)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/NotePayload');
  return Object.keys(properties as object) as (keyof Note)[];
};
