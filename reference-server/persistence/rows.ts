import type { Change, Identified } from '../state/journal.ts';
import type { Organization } from '../state/organization.ts';
import type { Key } from '../state/records.ts';
import type { OrganizationRow } from './tables.ts';

/** A row of a file that can't be what this server has written. */
export class Damage extends Error {}

/** A row as a file has it. */
export interface StoredRow {
  readonly organization_id: string;
  readonly id: string;
  /** JSON, in which a lone surrogate or a NUL is escaped. */
  readonly row: string;
  /** In tables that have them. */
  readonly bytes?: Buffer;
}

/** The row that a change has put or replaced, as it is stored. */
export const encodeRow = (change: Change, row: Identified): StoredRow => {
  const kept = change.table === 'organizations' ? keptOf(row as Organization) : row;
  const { bytes, ...rest } = kept as Identified & { readonly bytes?: Buffer };
  return {
    organization_id: ownerOf(change, row),
    id: row.id,
    row: JSON.stringify(rest),
    ...(bytes && { bytes }),
  };
};

/** The organisation that a row goes away with. */
export const ownerOf = ({ table, organizationId }: Change, row: Identified): string => {
  if (organizationId !== undefined) return organizationId;
  return table === 'keys' ? (row as Key).organization_id : row.id;
};

const keptOf = ({ id, name, plan, rateLimit }: Organization): OrganizationRow => ({
  ...{ id, name, plan },
  rateLimit,
});

/** @throws Damage */
export const decodeRow = (table: string, { id, row, bytes }: StoredRow): Identified => {
  const value = parse(table, id, row);
  if (typeof value !== 'object' || value === null || !('id' in value) || value.id !== id) {
    throw new Damage(`the row ${id} of ${table} is another`);
  }
  return { ...value, id, ...(bytes && { bytes }) };
};

const parse = (table: string, id: string, row: string): unknown => {
  try {
    return JSON.parse(row);
  } catch {
    throw new Damage(`the row ${id} of ${table} is broken`);
  }
};
