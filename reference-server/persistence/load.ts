import type { Organization } from '../state/organization.ts';
import type { ClockSetting, Key } from '../state/records.ts';
import type { State } from '../state/state.ts';
import type { Identified } from '../state/journal.ts';
import { codeOf, type Connection, type StoredValues } from './driver.ts';
import { Damage, decodeRow, requireRow, type StoredRow } from './rows.ts';
import { keptTables, organizationTables, type OrganizationRow, type TableName } from './tables.ts';

/** A row as it was put into its table once. */
interface KeptRow {
  readonly position: number;
  readonly organizationId: string;
  readonly row: Identified;
}

/**
 * Puts all that a file holds into an empty state, each row in the place that it had.
 *
 * @throws Damage; the state is empty then
 */
export const loadState = async (connection: Connection, state: State): Promise<void> => {
  const organizations = new Map<string, { readonly place: number; readonly made: Organization }>();
  for await (const rows of read(connection, 'organizations')) {
    for (const { position, organizationId, row } of rows) {
      const made = state.newOrganization(row as OrganizationRow);
      organizations.set(organizationId, { place: position, made });
    }
  }
  const ownerOf = (table: string, { position, organizationId }: KeptRow): Organization => {
    const owner = organizations.get(organizationId);
    if (!owner) throw new Damage(`row ${position} of ${table} belongs to nobody`);
    return owner.made;
  };
  for (const table of Object.keys(organizationTables) as TableName[]) {
    for await (const rows of read(connection, table)) {
      fill(state, () => {
        for (const kept of rows) {
          ownerOf(table, kept)[table].insert(kept.row as never, kept.position);
        }
      });
    }
  }
  const [keys, clock] = [await readAll(connection, 'keys'), await readAll(connection, 'clock')];
  // Until here all of it is out of reach; a failure would leave nothing.
  fill(state, () => {
    for (const { place, made } of organizations.values()) state.organizations.insert(made, place);
    for (const kept of keys) {
      ownerOf('keys', kept);
      state.keys.insert(kept.row as Key, kept.position);
    }
    for (const { row, position } of clock) state.clock.insert(row as ClockSetting, position);
  });
};

/** The rules of the tables in memory hold for what is stored as well. */
const fill = (state: State, work: () => void): void => {
  state.transact(() => {
    try {
      work();
    } catch (error) {
      throw error instanceof Damage ? error : new Damage(String(error));
    }
  });
};

const readAll = async (connection: Connection, table: string): Promise<KeptRow[]> => {
  const all: KeptRow[] = [];
  for await (const rows of read(connection, table)) all.push(...rows);
  return all;
};

/** How many rows are read at once, and as how long a text; what is longer is read in fewer rows. */
const most = { rows: 1000, textBytes: 64_000_000, largeRows: 8 };

/** The next rows behind a place. */
type Piece = (after: number) => Promise<readonly KeptRow[]>;

/** Reads a table in the order of its rows; the next ones come while the last are put in place. */
async function* read(
  connection: Connection,
  table: string,
): AsyncGenerator<readonly KeptRow[], void, undefined> {
  const piece = keptTables[table]?.bytes
    ? pieceOfLarge(connection, table)
    : pieceOf(connection, table);
  let rows = await piece(Number.MIN_SAFE_INTEGER);
  while (rows.length > 0) {
    const next = piece(rows.at(-1)?.position ?? 0);
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
const pieceOf = (connection: Connection, table: string): Piece => {
  const sql = `
    SELECT count, CASE WHEN octet_length(rows) < ${most.textBytes} THEN rows END AS rows FROM (
      SELECT count(*) AS count,
        '[' || group_concat('[' || position || ',"' || organization_id || '",' || row || ']') || ']' AS rows
      FROM (
        SELECT position, organization_id, row FROM ${nameOf(table)}
        WHERE position > ? ORDER BY position LIMIT ${most.rows}))`;
  const oneByOne = pieceOfLarge(connection, table);
  let large = false;
  return async (after) => {
    if (large) return oneByOne(after);
    const [found] = await connection.all(sql, [after]).catch(unlessTooBig);
    if (found?.['count'] === 0) return [];
    const values = parse(found?.['rows']);
    if (!values || values.length !== found?.['count']) {
      // A row that is broken is found, and named, by reading row after row.
      large = true;
      return oneByOne(after);
    }
    return values.map(([position, organizationId, row]) => ({
      ...{ position, organizationId },
      row: requireRow(table, position, row),
    }));
  };
};

/** SQLite makes no text of more than a gigabyte. */
const unlessTooBig = (error: unknown): StoredValues[] => {
  if (codeOf(error) === 'SQLITE_TOOBIG') return [];
  throw error;
};

type Values = readonly (readonly [number, string, unknown])[];

/** Undefined where a row is no JSON, or the text is too long. */
const parse = (text: unknown): Values | undefined => {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Values) : undefined;
  } catch {
    return undefined;
  }
};

const pieceOfLarge = (connection: Connection, table: string): Piece => {
  const sql = `SELECT * FROM ${nameOf(table)} WHERE position > ? ORDER BY position LIMIT ${most.largeRows}`;
  return async (after) =>
    (await connection.all(sql, [after])).map((stored) => keptOf(table, stored));
};

const keptOf = (table: string, stored: object): KeptRow => {
  const found = stored as StoredRow;
  const { position, organization_id: organizationId } = found;
  return { position, organizationId, row: decodeRow(table, found) };
};

const nameOf = (table: string): string => keptTables[table]?.name ?? table;
