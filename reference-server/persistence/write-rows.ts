import type { Change } from '../state/transaction.ts';
import type { DatabaseConnection, Value } from './driver.ts';
import {
  encodeRow,
  installationTables,
  type KeptTable,
  keptTables,
  type StoredRow,
} from './rows.ts';

/** How much SQL is executed at once, in characters; more would only take memory. */
const pieceSize = 1_000_000;

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
  instead = false,
): Promise<void> => {
  const net = netOf(changes);
  try {
    let sql = 'BEGIN IMMEDIATE;\n';
    if (instead) sql += names.map((name) => `DELETE FROM ${name};\n`).join('');
    for (const piece of statementsOf(net)) {
      if (typeof piece === 'string') {
        sql += piece;
        if (sql.length < pieceSize) continue;
      }
      await connection.exec(sql);
      sql = '';
      if (typeof piece !== 'string') await connection.run(piece.sql, piece.values);
    }
    await connection.exec(`${sql}COMMIT`);
  } catch (error) {
    // SQLite may have rolled back by itself; then ROLLBACK fails.
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

const names = Object.values(keptTables).map(({ name }) => name);

/** The net effect of changes: only the last change of each row matters. */
interface Net {
  /** By table, then by position. */
  readonly last: ReadonlyMap<string, ReadonlyMap<number, Change>>;
  /** The ids of the deleted organisations. */
  readonly gone: readonly string[];
}

const netOf = (changes: readonly Change[]): Net => {
  const last = new Map<string, Map<number, Change>>();
  const gone: string[] = [];
  for (const change of changes) {
    if (!keptTables[change.table]) throw new Error(`The table ${change.table} is not stored.`);
    const { table, before, after } = change;
    if (table === organizations && before && !after) {
      forget(last, before.id);
      gone.push(before.id);
    }
    const rows = last.get(table) ?? new Map<number, Change>();
    rows.set(change.order, change);
    last.set(table, rows);
  }
  return { last, gone };
};

/** Earlier rows of a deleted organisation must not get into a new one with the same id. */
const forget = (last: ReadonlyMap<string, Map<number, Change>>, id: string): void => {
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

function* statementsOf({ last, gone }: Net): Generator<string | Statement> {
  // Deletes organisations with all their rows, before a new one with the same id is inserted.
  if (gone.length > 0) {
    const ids = gone.map(quote).join();
    for (const name of names) {
      yield `DELETE FROM ${name} WHERE organization_id IN (${ids});\n`;
    }
  }
  for (const [table, kept] of Object.entries(keptTables)) {
    const changes = [...(last.get(table)?.values() ?? [])];
    const removed = changes.flatMap(({ order, after }) => (after ? [] : [order]));
    if (removed.length > 0) {
      yield `DELETE FROM ${kept.name} WHERE position IN (${removed.join()});\n`;
    }
    yield* puttingOf(table, kept, changes);
  }
}

function* puttingOf(
  table: string,
  { name, bytes }: KeptTable,
  changes: readonly Change[],
): Generator<string | Statement> {
  // Rows of a deleted organisation are not inserted.
  const owned =
    table in installationTables
      ? ''
      : ` WHERE column2 IN (SELECT organization_id FROM ${organizations})`;
  const put = (rows: string) =>
    `INSERT OR REPLACE INTO ${name} SELECT * FROM (VALUES ${rows})${owned}`;
  let [rows, size] = [[] as string[], 0];
  for (const change of changes) {
    if (!change.after) continue;
    const stored = encodeRow(change, change.after);
    if (bytes) {
      yield { sql: put('(?, ?, ?, ?)'), values: valuesOf(stored) };
      continue;
    }
    const row = `(${stored.position},${quote(stored.organization_id)},${quote(stored.row)})`;
    rows.push(row);
    if ((size += row.length) < pieceSize) continue;
    yield `${put(rows.join())};\n`;
    [rows, size] = [[], 0];
  }
  if (rows.length > 0) yield `${put(rows.join())};\n`;
}

const valuesOf = ({ position, organization_id, row, bytes }: StoredRow): Value[] => [
  ...[position, organization_id, row],
  ...(bytes ? [bytes] : []),
];

/** A text as an SQL literal. */
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
