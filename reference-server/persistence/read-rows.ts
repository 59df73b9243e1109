import type { Organization } from '../state/organization.ts';
import type { ClockSetting, Key } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { codeOf, type DatabaseConnection, type StoredValues } from './driver.ts';
import {
  DamagedFile,
  decodeRow,
  type OrganizationRow,
  organizationTables,
  requireRow,
  type StoredRow,
  storedTables,
  type TableName,
} from './rows.ts';

/** A row with its position in the order of creation, and the id of its organisation. */
type LoadedRow = readonly [position: number, organizationId: string, row: unknown];

/**
 * Loads all data of a file into an empty state, each row at its position.
 *
 * @throws DamagedFile; then the state is empty
 */
export const loadState = async (connection: DatabaseConnection, state: State): Promise<void> => {
  const organizations: [Organization, number][] = [];
  for await (const [position, , row] of eachRow(connection, 'organizations')) {
    organizations.push([state.newOrganization(row as OrganizationRow), position]);
  }
  const byId = new Map(organizations.map(([organization]) => [organization.id, organization]));
  const ownerOf = (table: string, [position, organizationId]: LoadedRow): Organization => {
    const owner = byId.get(organizationId);
    if (!owner) throw new DamagedFile(`row ${position} of ${table} belongs to nobody`);
    return owner;
  };
  for (const table of Object.keys(organizationTables) as TableName[]) {
    for await (const rows of batches(connection, table)) {
      asDamagedFile(() => {
        for (const loaded of rows) {
          const row = requireRow(table, loaded[0], loaded[2]);
          ownerOf(table, loaded)[table].restore(row as never, loaded[0]);
        }
      });
    }
  }
  const keys: LoadedRow[] = [];
  for await (const loaded of eachRow(connection, 'keys')) keys.push(loaded);
  const clock: LoadedRow[] = [];
  for await (const loaded of eachRow(connection, 'clock')) clock.push(loaded);
  // Until here the state is empty; an error leaves it so.
  state.transact(() => {
    asDamagedFile(() => {
      for (const [organization, position] of organizations)
        state.organizations.insert(organization, position);
      for (const loaded of keys) {
        ownerOf('keys', loaded);
        state.keys.insert(loaded[2] as Key, loaded[0]);
      }
      for (const [position, , row] of clock) state.clock.insert(row as ClockSetting, position);
    });
  });
};

/** The tables in memory enforce their constraints on stored rows too. */
const asDamagedFile = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    throw error instanceof DamagedFile ? error : new DamagedFile(String(error));
  }
};

async function* eachRow(
  connection: DatabaseConnection,
  table: string,
): AsyncGenerator<LoadedRow, void, undefined> {
  for await (const rows of batches(connection, table)) {
    for (const loaded of rows) {
      requireRow(table, loaded[0], loaded[2]);
      yield loaded;
    }
  }
}

/**
 * The size of a batch: its rows, and their length as text; longer ones are read in smaller batches.
 */
const batchLimits = { rows: 1000, textBytes: 64_000_000, largeRows: 8 };

/** Reads the next rows after a position. */
type ReadBatch = (after: number) => Promise<readonly LoadedRow[]>;

/**
 * Reads a table in batches, by position; the next batch is read while the last one is processed.
 */
async function* batches(
  connection: DatabaseConnection,
  table: string,
): AsyncGenerator<readonly LoadedRow[], void, undefined> {
  const readBatch = storedTables[table]?.bytes
    ? createSmallBatchReader(connection, table)
    : createBatchReader(connection, table);
  let rows = await readBatch(Number.MIN_SAFE_INTEGER);
  while (rows.length > 0) {
    const next = readBatch(rows.at(-1)?.[0] ?? 0);
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
const createBatchReader = (connection: DatabaseConnection, table: string): ReadBatch => {
  const sql = `
    SELECT count(*) AS count, group_concat(position) AS positions,
      group_concat(organization_id, '","') AS owners,
      CASE WHEN sum(octet_length(row)) < ${batchLimits.textBytes} THEN group_concat(row) END AS rows
    FROM (
      SELECT position, organization_id, row FROM ${nameOf(table)}
      WHERE position > ? ORDER BY position LIMIT ${batchLimits.rows})`;
  const oneByOne = createSmallBatchReader(connection, table);
  let hasLargeRows = false;
  return async (after) => {
    if (hasLargeRows) return oneByOne(after);
    const [found] = await connection.all(sql, [after]).catch(ignoreTooBig);
    if (found?.['count'] === 0) return [];
    const rows = found && parse(found);
    if (rows) return rows;
    // A broken row is found by reading row by row.
    hasLargeRows = true;
    return oneByOne(after);
  };
};

/** Undefined if a row isn't JSON, or the text is too long. */
const parse = (found: StoredValues): LoadedRow[] | undefined => {
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
const ignoreTooBig = (error: unknown): StoredValues[] => {
  if (codeOf(error) === 'SQLITE_TOOBIG') return [];
  throw error;
};

const createSmallBatchReader = (connection: DatabaseConnection, table: string): ReadBatch => {
  const sql = `SELECT * FROM ${nameOf(table)} WHERE position > ? ORDER BY position LIMIT ${batchLimits.largeRows}`;
  return async (after) =>
    (await connection.all(sql, [after])).map((stored) => toLoadedRow(table, stored));
};

const toLoadedRow = (table: string, stored: object): LoadedRow => {
  const found = stored as StoredRow;
  return [found.position, found.organization_id, decodeRow(table, found)];
};

const nameOf = (table: string): string => storedTables[table]?.name ?? table;
