import type { Identified } from '../state/journal.ts';
import type { Organization } from '../state/organization.ts';
import type { Rows } from '../state/sequence.ts';

/** The tables of an organisation, as its type has them. */
export type TableName = {
  [Name in keyof Organization]: Organization[Name] extends Holder<Identified> ? Name : never;
}[keyof Organization];

/** What is gone after a restart: who counts requests starts anew, and a planned fault isn't kept. */
type Passing = 'window' | 'plannedFaults';

/** What is kept of an organisation beside its tables. */
export type OrganizationRow = Omit<Organization, TableName | Passing>;

interface Holder<Row> {
  readonly rows: Rows<Row>;
}

type RowOf<Name extends TableName> = Organization[Name] extends Holder<infer Row> ? Row : never;

/** How a table is kept. */
export interface KeptTable {
  /** Its name in the file. */
  readonly name: string;
  /** Whether its rows have `bytes`, which are kept beside the rest of them. */
  readonly bytes: boolean;
}

type KeptAs<Row> = KeptTable & {
  readonly bytes: Row extends { readonly bytes: Buffer } ? true : false;
};

/**
 * The tables of an organisation, all of them: one that an organisation gains doesn't compile until
 * it is here, and is given a migration (see schema.ts).
 */
export const organizationTables: { readonly [Name in TableName]: KeptAs<RowOf<Name>> } = {
  members: { name: 'members', bytes: false },
  flows: { name: 'flows', bytes: false },
  contacts: { name: 'contacts', bytes: false },
  poolWindows: { name: 'pool_windows', bytes: false },
  links: { name: 'links', bytes: false },
  dossiers: { name: 'dossiers', bytes: false },
  cvs: { name: 'cvs', bytes: true },
  notes: { name: 'notes', bytes: false },
  webhookEndpoints: { name: 'webhook_endpoints', bytes: false },
  pendingDeliveries: { name: 'pending_deliveries', bytes: false },
  deliveryAttempts: { name: 'delivery_attempts', bytes: false },
};

/** Tables of the installation, whose rows belong to no organisation or are one. */
export const installationTables = {
  clock: { name: 'clock', bytes: false },
  organizations: { name: 'organizations', bytes: false },
} satisfies Readonly<Record<string, KeptTable>>;

/** All tables by the names that changes have; organisations come before what belongs to them. */
export const keptTables: Readonly<Record<string, KeptTable>> = {
  ...installationTables,
  keys: { name: 'keys', bytes: false },
  ...organizationTables,
};
