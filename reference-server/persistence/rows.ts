import type { Change, Identified } from '../state/journal.ts';
import type { Organization } from '../state/organization.ts';
import type { Key } from '../state/records.ts';
import { installationTables, type OrganizationRow } from './tables.ts';

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
