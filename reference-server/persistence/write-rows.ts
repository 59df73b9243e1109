import type { Change } from '../state/transaction.ts';
import type { DatabaseConnection, Value } from './driver.ts';
import {
  encodeRow,
  installationTables,
  type StoredRow,
  type StoredTable,
  storedTables,
} from './rows.ts';

/** How much SQL is executed at once, in characters; more would only take memory. */
const maxSqlLength = 1_000_000;

/**
 * Writes changes in one transaction, all or nothing. Must not be called again before it ends, since
 * a connection has one transaction at a time.
 *
 * A call of the driver costs far more than SQLite's work. So the whole transaction is executed as
 * one text, with one statement for all rows of a table; only files, which are large, are
 * parameters.
 */
export const writeChanges = async (
  connection: DatabaseConnection,
  changes: readonly Change[],
  replaceAll = false,
): Promise<void> => {
  const netChanges = reduceChanges(changes);
  try {
    let sql = 'BEGIN IMMEDIATE;\n';
    if (replaceAll) sql += names.map((name) => `DELETE FROM ${name};\n`).join('');
    for (const statement of statementsOf(netChanges)) {
      if (typeof statement === 'string') {
        sql += statement;
        if (sql.length < maxSqlLength) continue;
      }
      await connection.exec(sql);
      sql = '';
      if (typeof statement !== 'string') await connection.run(statement.sql, statement.values);
    }
    await connection.exec(`${sql}COMMIT`);
  } catch (error) {
    // SQLite may have rolled back by itself; then ROLLBACK fails.
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

const names = Object.values(storedTables).map(({ name }) => name);

/** The net effect of changes: only the last change of each row matters. */
interface NetChanges {
  /** By table, then by position. */
  readonly last: ReadonlyMap<string, ReadonlyMap<number, Change>>;
  /** The ids of the deleted organisations. */
  readonly deleted: readonly string[];
}

const reduceChanges = (changes: readonly Change[]): NetChanges => {
  const last = new Map<string, Map<number, Change>>();
  const deleted: string[] = [];
  for (const change of changes) {
    if (!storedTables[change.table]) throw new Error(`The table ${change.table} is not stored.`);
    const { table, before, after } = change;
    if (table === organizations && before && !after) {
      dropRowsOf(last, before.id);
      deleted.push(before.id);
    }
    const rows = last.get(table) ?? new Map<number, Change>();
    rows.set(change.order, change);
    last.set(table, rows);
  }
  return { last, deleted };
};

/** Earlier rows of a deleted organisation must not get into a new one with the same id. */
const dropRowsOf = (last: ReadonlyMap<string, Map<number, Change>>, id: string): void => {
  for (const rows of last.values()) {
    for (const [order, change] of rows) if (change.organizationId === id) rows.delete(order);
  }
};

const organizations = installationTables.organizations.name;

/** A statement whose parameters are the values. */
interface Statement {
  readonly sql: string;
  readonly values: readonly Value[];
}

function* statementsOf({ last, deleted }: NetChanges): Generator<string | Statement> {
  // Deletes organisations with all their rows, before a new one with the same id is inserted.
  if (deleted.length > 0) {
    const ids = deleted.map(quote).join();
    for (const name of names) {
      yield `DELETE FROM ${name} WHERE organization_id IN (${ids});\n`;
    }
  }
  for (const [table, stored] of Object.entries(storedTables)) {
    const changes = [...(last.get(table)?.values() ?? [])];
    const removed = changes.flatMap(({ order, after }) => (after ? [] : [order]));
    if (removed.length > 0) {
      yield `DELETE FROM ${stored.name} WHERE position IN (${removed.join()});\n`;
    }
    yield* insertStatements(table, stored, changes);
  }
}

function* insertStatements(
  table: string,
  { name, bytes }: StoredTable,
  changes: readonly Change[],
): Generator<string | Statement> {
  // Rows of a deleted organisation are not inserted.
  const ownerFilter =
    table in installationTables
      ? ''
      : ` WHERE column2 IN (SELECT organization_id FROM ${organizations})`;
  const insertSql = (rows: string) =>
    `INSERT OR REPLACE INTO ${name} SELECT * FROM (VALUES ${rows})${ownerFilter}`;
  let [rows, size] = [[] as string[], 0];
  for (const change of changes) {
    if (!change.after) continue;
    const stored = encodeRow(change, change.after);
    if (bytes) {
      yield { sql: insertSql('(?, ?, ?, ?)'), values: valuesOf(stored) };
      continue;
    }
    const row = `(${stored.position},${quote(stored.organization_id)},${quote(stored.row)})`;
    rows.push(row);
    if ((size += row.length) < maxSqlLength) continue;
    yield `${insertSql(rows.join())};\n`;
    [rows, size] = [[], 0];
  }
  if (rows.length > 0) yield `${insertSql(rows.join())};\n`;
}

const valuesOf = ({ position, organization_id, row, bytes }: StoredRow): Value[] => [
  ...[position, organization_id, row],
  ...(bytes ? [bytes] : []),
];

/** A text as an SQL literal. */
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
