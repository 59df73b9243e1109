import type { Organization } from '../state/organization.ts';
import type { Key } from '../state/records.ts';
import type { Rows } from '../state/sequence.ts';
import type { Change, Identified } from '../state/transaction.ts';

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

/** A row of a file that can't be what this server has written. */
export class Damage extends Error {}

/** A row as a file has it. */
export interface StoredRow {
  /** Its place in the order of creation, which nothing changes. */
  readonly position: number;
  /** Whom the row goes away with; an organisation's is its own id. */
  readonly organization_id: string;
  /** JSON, in which a lone surrogate or a NUL is escaped. */
  readonly row: string;
  /** In tables that have them. */
  readonly bytes?: Buffer;
}

/** The row that a change has put or replaced, as it is stored. */
export const encodeRow = (change: Change, row: Identified): StoredRow => {
  const kept = change.table === 'organizations' ? keptOf(row as Organization) : row;
  const place = { position: change.order, organization_id: ownerOf(change, row) };
  if (!('bytes' in kept)) return { ...place, row: JSON.stringify(kept) };
  const { bytes, ...rest } = kept as Identified & { readonly bytes: Buffer };
  return { ...place, row: JSON.stringify(rest), bytes };
};

/** The organisation that a row goes away with; the installation's own rows have none. */
const ownerOf = ({ table, organizationId }: Change, row: Identified): string => {
  if (organizationId !== undefined) return organizationId;
  if (table === 'keys') return (row as Key).organization_id;
  return table === installationTables.organizations.name ? row.id : '';
};

const keptOf = ({ id, name, plan, rateLimit }: Organization): OrganizationRow => ({
  ...{ id, name, plan },
  rateLimit,
});

/** Makes sure that what was read as JSON can be a row. */
export const requireRow = (table: string, position: number, value: unknown): Identified => {
  const isRow = typeof value === 'object' && value !== null && 'id' in value;
  if (isRow && typeof value.id === 'string') return value as Identified;
  throw new Damage(`row ${position} of ${table} is another`);
};

/** @throws Damage */
export const decodeRow = (table: string, { position, row, bytes }: StoredRow): Identified => {
  const value = requireRow(table, position, parse(table, position, row));
  return { ...value, ...(bytes && { bytes }) };
};

const parse = (table: string, position: number, row: string): unknown => {
  try {
    return JSON.parse(row);
  } catch {
    throw new Damage(`row ${position} of ${table} is broken`);
  }
};
