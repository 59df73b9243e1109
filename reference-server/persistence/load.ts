import type { Organization } from '../state/organization.ts';
import type { Key } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { Connection } from './driver.ts';
import { Damage, decodeRow, type StoredRow } from './rows.ts';
import { keptTables, organizationTables, type OrganizationRow, type TableName } from './tables.ts';

type StoredTables = Record<'organizations' | 'keys' | TableName, readonly StoredRow[]>;

/**
 * Puts all that a file holds into an empty state, in the order in which it was put there once.
 *
 * @throws Damage; the state is empty then
 */
export const loadState = async (connection: Connection, state: State): Promise<void> => {
  const tables = await readTables(connection);
  state.transact(() => {
    try {
      fill(state, tables);
    } catch (error) {
      // The rules of the tables in memory hold for what is stored as well.
      throw error instanceof Damage ? error : new Damage(String(error));
    }
  });
};

const readTables = async (connection: Connection): Promise<StoredTables> => {
  const tables: Partial<StoredTables> = {};
  for (const [table, { name }] of Object.entries(keptTables)) {
    const rows = await connection.all(`SELECT * FROM ${name} ORDER BY position`);
    tables[table as keyof StoredTables] = rows as unknown as StoredRow[];
  }
  return tables as StoredTables;
};

const fill = (state: State, tables: StoredTables): void => {
  for (const stored of tables.organizations) {
    const row = decodeRow('organizations', stored) as OrganizationRow;
    state.organizations.insert(state.newOrganization(row));
  }
  for (const stored of tables.keys) {
    ownerIn(state, 'keys', stored);
    state.keys.insert(decodeRow('keys', stored) as Key);
  }
  for (const table of Object.keys(organizationTables) as TableName[]) {
    for (const stored of tables[table]) {
      ownerIn(state, table, stored)[table].insert(decodeRow(table, stored) as never);
    }
  }
};

const ownerIn = (state: State, table: string, stored: StoredRow): Organization => {
  const owner = state.organizations.get(stored.organization_id);
  if (!owner) throw new Damage(`the row ${stored.id} of ${table} belongs to nobody`);
  return owner;
};
