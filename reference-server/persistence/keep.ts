import type { Change, Identified } from '../state/journal.ts';
import type { Connection, Value } from './driver.ts';
import { encodeRow, ownerOf } from './rows.ts';
import { keptTables, type KeptTable } from './tables.ts';

interface Statement {
  readonly sql: string;
  readonly values: readonly Value[];
}

/**
 * Writes changes in one transaction, all or nothing. Must not be called again before it ends: two
 * transactions on one connection would run into one another.
 */
export const keepChanges = async (
  connection: Connection,
  changes: readonly Change[],
): Promise<void> => {
  try {
    await connection.exec('BEGIN IMMEDIATE');
    for (const { sql, values } of changes.flatMap(statementsOf)) await connection.run(sql, values);
    await connection.exec('COMMIT');
  } catch (error) {
    // SQLite may have rolled back by itself; then there is no transaction any more.
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

const statementsOf = (change: Change): Statement[] => {
  const { table, before, after } = change;
  const kept = keptTables[table];
  if (!kept) throw new Error(`The table ${table} is not kept.`);
  if (after) return [before ? replacing(kept, change, after) : putting(kept, change, after)];
  /* v8 ignore next -- a change without both is none, which its type does not say */
  if (!before) return [];
  if (table === 'organizations') return removingWhole(before);
  const values = [ownerOf(change, before), before.id];
  return [{ sql: `DELETE FROM ${kept.name} WHERE organization_id = ? AND id = ?`, values }];
};

/** Nothing is put into an organisation that is gone: it would belong to nobody. */
const putting = ({ name, bytes }: KeptTable, change: Change, row: Identified): Statement => {
  const stored = encodeRow(change, row);
  const values = [stored.organization_id, stored.id, stored.row, ...bytesOf(stored)];
  const [columns, places] = bytes ? [', bytes', ', ?4'] : ['', ''];
  const owner = 'EXISTS (SELECT 1 FROM organizations WHERE organization_id = ?1)';
  const condition = change.table === 'organizations' ? '' : `WHERE ${owner}`;
  const sql = `INSERT INTO ${name} (organization_id, id, row${columns}) SELECT ?1, ?2, ?3${places} ${condition}`;
  return { sql, values };
};

const replacing = ({ name, bytes }: KeptTable, change: Change, row: Identified): Statement => {
  const stored = encodeRow(change, row);
  return {
    sql: `UPDATE ${name} SET row = ?3${bytes ? ', bytes = ?4' : ''} WHERE organization_id = ?1 AND id = ?2`,
    values: [stored.organization_id, stored.id, stored.row, ...bytesOf(stored)],
  };
};

const bytesOf = ({ bytes }: { readonly bytes?: Buffer }): Buffer[] => (bytes ? [bytes] : []);

/** An organisation goes with all that is in it. */
const removingWhole = ({ id }: Identified): Statement[] =>
  Object.values(keptTables).map(({ name }) => ({
    sql: `DELETE FROM ${name} WHERE organization_id = ?`,
    values: [id],
  }));
