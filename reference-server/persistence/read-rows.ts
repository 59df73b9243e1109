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

/** A row with its place in the order of creation, and the id of the organisation that has it. */
type KeptRow = readonly [position: number, organizationId: string, row: unknown];

/**
 * Puts all that a file holds into an empty state, each row in the place that it had.
 *
 * @throws Damage; the state is empty then
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
  // Until here all of it is out of reach; a failure leaves nothing.
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

/** The rules of the tables in memory hold for what is stored as well. */
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

/** How many rows are read at once, and as how long a text; what is longer is read in fewer rows. */
const most = { rows: 1000, textBytes: 64_000_000, largeRows: 8 };

/** The next rows behind a place. */
type Piece = (after: number) => Promise<readonly KeptRow[]>;

/** Reads a table in the order of its rows; the next ones come while the last are put in place. */
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
    // Who handles the rows first must not leave a failure unheard.
    next.catch(() => undefined);
    yield rows;
    rows = await next;
  }
}

/**
 * One text with many rows: to take it over from the driver, and to parse it, costs a fraction of
 * what the same rows cost one by one.
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
    // A row that is broken is found, and named, by reading row after row.
    large = true;
    return oneByOne(after);
  };
};

/** Undefined where a row is no JSON, or the text is too long. */
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

/** SQLite makes no text of more than a gigabyte. */
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
