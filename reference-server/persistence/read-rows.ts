import type { Organization } from '../state/organization.ts';
import type { ClockSetting, Key } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { codeOf, type DatabaseConnection, type StoredValues } from './driver.ts';
import {
  Damage,
  decodeRow,
  keptTables,
  type OrganizationRow,
  organizationTables,
  requireRow,
  type StoredRow,
  type TableName,
} from './rows.ts';

/** A row with its position in the order of creation, and the id of its organisation. */
type KeptRow = readonly [position: number, organizationId: string, row: unknown];

/**
 * Loads all data of a file into an empty state, each row at its position.
 *
 * @throws Damage; then the state is empty
 */
export const loadState = async (connection: DatabaseConnection, state: State): Promise<void> => {
  const organizations: [Organization, number][] = [];
  for await (const [position, , row] of each(connection, 'organizations')) {
    organizations.push([state.newOrganization(row as OrganizationRow), position]);
  }
  const byId = new Map(organizations.map(([made]) => [made.id, made]));
  const ownerOf = (table: string, [position, organizationId]: KeptRow): Organization => {
    const owner = byId.get(organizationId);
    if (!owner) throw new Damage(`row ${position} of ${table} belongs to nobody`);
    return owner;
  };
  for (const table of Object.keys(organizationTables) as TableName[]) {
    for await (const rows of pieces(connection, table)) {
      asDamage(() => {
        for (const kept of rows) {
          const row = requireRow(table, kept[0], kept[2]);
          ownerOf(table, kept)[table].restore(row as never, kept[0]);
        }
      });
    }
  }
  const keys: KeptRow[] = [];
  for await (const kept of each(connection, 'keys')) keys.push(kept);
  const clock: KeptRow[] = [];
  for await (const kept of each(connection, 'clock')) clock.push(kept);
  // Until here the state is empty; an error leaves it so.
  state.transact(() => {
    asDamage(() => {
      for (const [made, position] of organizations) state.organizations.insert(made, position);
      for (const kept of keys) {
        ownerOf('keys', kept);
        state.keys.insert(kept[2] as Key, kept[0]);
      }
      for (const [position, , row] of clock) state.clock.insert(row as ClockSetting, position);
    });
  });
};

/** The tables in memory enforce their constraints on stored rows too. */
const asDamage = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    throw error instanceof Damage ? error : new Damage(String(error));
  }
};

async function* each(
  connection: DatabaseConnection,
  table: string,
): AsyncGenerator<KeptRow, void, undefined> {
  for await (const rows of pieces(connection, table)) {
    for (const kept of rows) {
      requireRow(table, kept[0], kept[2]);
      yield kept;
    }
  }
}

/**
 * The size of a batch: its rows, and their length as text; longer ones are read in smaller batches.
 */
const most = { rows: 1000, textBytes: 64_000_000, largeRows: 8 };

/** Reads the next rows after a position. */
type Piece = (after: number) => Promise<readonly KeptRow[]>;

/**
 * Reads a table in batches, by position; the next batch is read while the last one is processed.
 */
async function* pieces(
  connection: DatabaseConnection,
  table: string,
): AsyncGenerator<readonly KeptRow[], void, undefined> {
  const piece = keptTables[table]?.bytes
    ? pieceOfLarge(connection, table)
    : pieceOf(connection, table);
  let rows = await piece(Number.MIN_SAFE_INTEGER);
  while (rows.length > 0) {
    const next = piece(rows.at(-1)?.[0] ?? 0);
    // If processing the rows fails first, this error mustn't be unhandled.
    next.catch(() => undefined);
    yield rows;
    rows = await next;
  }
}

/**
 * Reads many rows as one text: receiving and parsing it costs a fraction of what the rows cost one
 * by one.
 */
const pieceOf = (connection: DatabaseConnection, table: string): Piece => {
  const sql = `
    SELECT count(*) AS count, group_concat(position) AS positions,
      group_concat(organization_id, '","') AS owners,
      CASE WHEN sum(octet_length(row)) < ${most.textBytes} THEN group_concat(row) END AS rows
    FROM (
      SELECT position, organization_id, row FROM ${nameOf(table)}
      WHERE position > ? ORDER BY position LIMIT ${most.rows})`;
  const oneByOne = pieceOfLarge(connection, table);
  let large = false;
  return async (after) => {
    if (large) return oneByOne(after);
    const [found] = await connection.all(sql, [after]).catch(unlessTooBig);
    if (found?.['count'] === 0) return [];
    const rows = found && parse(found);
    if (rows) return rows;
    // A broken row is found by reading row by row.
    large = true;
    return oneByOne(after);
  };
};

/** Undefined if a row isn't JSON, or the text is too long. */
const parse = (found: StoredValues): KeptRow[] | undefined => {
  try {
    if (typeof found['rows'] !== 'string') return undefined;
    const rows = JSON.parse(`[${found['rows']}]`) as unknown[];
    const owners = JSON.parse(`["${String(found['owners'])}"]`) as string[];
    const positions = JSON.parse(`[${String(found['positions'])}]`) as number[];
    const isWhole = [rows, owners, positions].every(({ length }) => length === found['count']);
    return isWhole
      ? rows.map((row, index) => [positions[index] ?? 0, owners[index] ?? '', row])
      : undefined;
  } catch {
    return undefined;
  }
};

/** SQLite limits a text to a gigabyte. */
const unlessTooBig = (error: unknown): StoredValues[] => {
  if (codeOf(error) === 'SQLITE_TOOBIG') return [];
  throw error;
};

const pieceOfLarge = (connection: DatabaseConnection, table: string): Piece => {
  const sql = `SELECT * FROM ${nameOf(table)} WHERE position > ? ORDER BY position LIMIT ${most.largeRows}`;
  return async (after) =>
    (await connection.all(sql, [after])).map((stored) => keptOf(table, stored));
};

const keptOf = (table: string, stored: object): KeptRow => {
  const found = stored as StoredRow;
  return [found.position, found.organization_id, decodeRow(table, found)];
};

const nameOf = (table: string): string => keptTables[table]?.name ?? table;
