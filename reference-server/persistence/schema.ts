import { UsageError } from '../runtime/errors.ts';
import type { DatabaseConnection } from './driver.ts';
import { type StoredTable, storedTables } from './rows.ts';

/**
 * Creates the tables of a new file, or makes sure that a file is a database of this server and
 * migrates it.
 *
 * Must be called inside an exclusive transaction: then a file has all tables or none, and two
 * servers can't create the same file.
 *
 * @throws UsageError for a file of another program
 */
export const prepareSchema = async (
  connection: DatabaseConnection,
  file: string,
): Promise<void> => {
  const found = await readIdentity(connection);
  const tables = await readNumber(connection, 'SELECT count(*) AS value FROM sqlite_schema');
  if (found.applicationId === 0 && tables === 0) {
    await createTables(connection);
    return;
  }
  requireOwnDatabase(file, found);
  await migrate(connection, found.schemaNumber);
};

const readIdentity = async (connection: DatabaseConnection): Promise<Identity> => ({
  applicationId: await readNumber(connection, pragmaValue('application_id')),
  schemaNumber: await readNumber(connection, pragmaValue('user_version')),
});

const pragmaValue = (name: string): string => `SELECT ${name} AS value FROM pragma_${name}`;

const readNumber = async (connection: DatabaseConnection, sql: string): Promise<number> => {
  const [row] = await connection.all(sql);
  return Number(row?.['value']);
};

const createTables = async (connection: DatabaseConnection): Promise<void> => {
  for (const table of Object.values(storedTables)) await connection.exec(definitionOf(table));
  await connection.exec(`PRAGMA application_id = ${applicationId}`);
  await connection.exec(`PRAGMA user_version = ${schemaNumber}`);
};

/**
 * Rows are JSON. The position is their place in the order of creation, and the only key, so that
 * new rows are appended in the file too.
 */
const definitionOf = ({ name, bytes }: StoredTable): string => `
  CREATE TABLE ${name} (
    position INTEGER PRIMARY KEY,
    organization_id TEXT NOT NULL${name === 'organizations' ? ' UNIQUE' : ''},
    row TEXT NOT NULL${bytes ? ', bytes BLOB NOT NULL' : ''}
  ) STRICT`;

/** Migrations by schema number, each from the previous number; all or nothing. */
const migrations: Readonly<Record<number, (connection: DatabaseConnection) => Promise<void>>> = {
  // In schema 1 the id was the key, SQLite assigned the positions, and there was no clock.
  2: async ({ exec }) => {
    for (const table of Object.values(storedTables)) {
      const { name, bytes } = table;
      if (name === 'clock') {
        await exec(definitionOf(table));
        continue;
      }
      await exec(`ALTER TABLE ${name} RENAME TO old_${name}`);
      await exec(definitionOf(table));
      const columns = `position, organization_id, row${bytes ? ', bytes' : ''}`;
      await exec(`INSERT INTO ${name} SELECT ${columns} FROM old_${name} ORDER BY position`);
      await exec(`DROP TABLE old_${name}`);
    }
  },
};

const migrate = async (connection: DatabaseConnection, from: number): Promise<void> => {
  for (let number = from + 1; number <= schemaNumber; number += 1) {
    await migrations[number]?.(connection);
    await connection.exec(`PRAGMA user_version = ${number}`);
  }
};

/** Marks a file as a database of this server: "LGDB". */
export const applicationId = 0x4c474442;

/** The version of the tables and rows; increased by one with each change. */
export const schemaNumber = 2;

/** The identification in the header of a database file. */
export interface Identity {
  readonly applicationId: number;
  readonly schemaNumber: number;
}

/** @throws UsageError for a file of another program, or of another version of this one */
export const requireOwnDatabase = (file: string, identity: Identity): void => {
  if (identity.applicationId !== applicationId) {
    throw new UsageError(
      `${file} is a database of another program. It was left unchanged; name another file with --db.`,
    );
  }
  if (identity.schemaNumber > schemaNumber) {
    throw new UsageError(
      `${file} was written by a newer version (schema ${identity.schemaNumber}; this one supports ` +
        `${schemaNumber}). It was left unchanged; update this server, or name another file with --db.`,
    );
  }
};
