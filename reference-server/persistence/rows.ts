import type { Organization } from '../state/organization.ts';
import type { Key } from '../state/records.ts';
import type { Rows } from '../state/sequence.ts';
import type { Change, Identified } from '../state/transaction.ts';

/** The names of an organisation's tables. */
export type TableName = {
  [Name in keyof Organization]: Organization[Name] extends Holder<Identified> ? Name : never;
}[keyof Organization];

/** Not saved: after a restart there is a new rate window and no planned fault. */
type Unsaved = 'window' | 'plannedFaults';

/** The saved fields of an organisation itself. */
export type OrganizationRow = Omit<Organization, TableName | Unsaved>;

interface Holder<Row> {
  readonly rows: Rows<Row>;
}

type RowOf<Name extends TableName> = Organization[Name] extends Holder<infer Row> ? Row : never;

/** How a table is stored. */
export interface StoredTable {
  /** Its name in the file. */
  readonly name: string;
  /** Whether its rows have `bytes`, which are stored in their own column. */
  readonly bytes: boolean;
}

type StoredAs<Row> = StoredTable & {
  readonly bytes: Row extends { readonly bytes: Buffer } ? true : false;
};

/**
 * All tables of an organisation: a new one doesn't compile until it is listed here. It also needs a
 * migration (see schema.ts).
 */
export const organizationTables: { readonly [Name in TableName]: StoredAs<RowOf<Name>> } = {
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

/** The tables whose rows belong to no organisation, or are organisations. */
export const installationTables = {
  clock: { name: 'clock', bytes: false },
  organizations: { name: 'organizations', bytes: false },
} satisfies Readonly<Record<string, StoredTable>>;

/** All tables by their names in changes; organisations come before their rows. */
export const storedTables: Readonly<Record<string, StoredTable>> = {
  ...installationTables,
  keys: { name: 'keys', bytes: false },
  ...organizationTables,
};

/** A row of a file that this server can't have written. */
export class DamagedFile extends Error {}

/** A row as it is stored in a file. */
export interface StoredRow {
  /** Its position in the order of creation, which never changes. */
  readonly position: number;
  /** The organisation with which the row is deleted; an organisation's row has its own id. */
  readonly organization_id: string;
  /** JSON; lone surrogates and NUL are escaped. */
  readonly row: string;
  /** Only in tables with a bytes column. */
  readonly bytes?: Buffer;
}

/** Encodes the inserted or replaced row of a change. */
export const encodeRow = (change: Change, row: Identified): StoredRow => {
  const stored = change.table === 'organizations' ? savedFieldsOf(row as Organization) : row;
  const location = { position: change.order, organization_id: ownerOf(change, row) };
  if (!('bytes' in stored)) return { ...location, row: JSON.stringify(stored) };
  const { bytes, ...rest } = stored as Identified & { readonly bytes: Buffer };
  return { ...location, row: JSON.stringify(rest), bytes };
};

/** The organisation with which a row is deleted; empty for rows of the installation. */
const ownerOf = ({ table, organizationId }: Change, row: Identified): string => {
  if (organizationId !== undefined) return organizationId;
  if (table === 'keys') return (row as Key).organization_id;
  return table === installationTables.organizations.name ? row.id : '';
};

const savedFieldsOf = ({ id, name, plan, rateLimit }: Organization): OrganizationRow => ({
  ...{ id, name, plan },
  rateLimit,
});

/** Makes sure that parsed JSON is a row. */
export const requireRow = (table: string, position: number, value: unknown): Identified => {
  const isRow = typeof value === 'object' && value !== null && 'id' in value;
  if (isRow && typeof value.id === 'string') return value as Identified;
  throw new DamagedFile(`row ${position} of ${table} has no id`);
};

/** @throws DamagedFile */
export const decodeRow = (table: string, { position, row, bytes }: StoredRow): Identified => {
  const value = requireRow(table, position, parse(table, position, row));
  return { ...value, ...(bytes && { bytes }) };
};

const parse = (table: string, position: number, row: string): unknown => {
  try {
    return JSON.parse(row);
  } catch {
    throw new DamagedFile(`row ${position} of ${table} is not JSON`);
  }
};
