import type { Connection } from './driver.ts';
import { applicationId, requireOurs, schemaNumber, type Identity } from './identity.ts';
import { keptTables, type KeptTable } from './tables.ts';

/**
 * Makes the tables of a new file, or makes sure that the file is one of ours and brings it up to
 * date.
 *
 * To be called inside an exclusive transaction: then a file has all tables or none, and two servers
 * can't create one file.
 *
 * @throws UsageError for a file that isn't ours
 */
export const prepareSchema = async (connection: Connection, file: string): Promise<void> => {
  const found = await readIdentity(connection);
  const tables = await readNumber(connection, 'SELECT count(*) AS value FROM sqlite_schema');
  if (found.applicationId === 0 && tables === 0) {
    await createTables(connection);
    return;
  }
  requireOurs(file, found);
  await migrate(connection, found.schemaNumber);
};

const readIdentity = async (connection: Connection): Promise<Identity> => ({
  applicationId: await readNumber(connection, pragmaValue('application_id')),
  schemaNumber: await readNumber(connection, pragmaValue('user_version')),
});

const pragmaValue = (name: string): string => `SELECT ${name} AS value FROM pragma_${name}`;

const readNumber = async (connection: Connection, sql: string): Promise<number> => {
  const [row] = await connection.all(sql);
  return Number(row?.['value']);
};

const createTables = async (connection: Connection): Promise<void> => {
  for (const table of Object.values(keptTables)) await connection.exec(definitionOf(table));
  await connection.exec(`PRAGMA application_id = ${applicationId}`);
  await connection.exec(`PRAGMA user_version = ${schemaNumber}`);
};

/**
 * Rows are JSON. Their position is their place in the order of creation, which this server gives
 * them; by it alone they are found, so that new rows come behind the others in the file too.
 */
const definitionOf = ({ name, bytes }: KeptTable): string => `
  CREATE TABLE ${name} (
    position INTEGER PRIMARY KEY,
    organization_id TEXT NOT NULL${name === 'organizations' ? ' UNIQUE' : ''},
    row TEXT NOT NULL${bytes ? ', bytes BLOB NOT NULL' : ''}
  ) STRICT`;

/** Brings a file from the number before to this number; all of it, or nothing. */
const migrations: Readonly<Record<number, (connection: Connection) => Promise<void>>> = {
  // Rows were found by their ids, and their places were counted by SQLite. There was no clock.
  2: async ({ exec }) => {
    for (const table of Object.values(keptTables)) {
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

const migrate = async (connection: Connection, from: number): Promise<void> => {
  for (let number = from + 1; number <= schemaNumber; number += 1) {
    await migrations[number]?.(connection);
    await connection.exec(`PRAGMA user_version = ${number}`);
  }
};
