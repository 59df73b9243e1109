import type { Connection } from './driver.ts';
import { applicationId, requireOurs, schemaNumber, type Identity } from './identity.ts';
import { keptTables, type KeptTable } from './tables.ts';

/**
 * Makes the tables of a new file, or makes sure that the file is one of ours.
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
  // A file with a lower number is brought up here, one number after the other. There is none yet.
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

/** Rows are JSON; their position is the order of insertion, which replacing doesn't change. */
const definitionOf = ({ name, bytes }: KeptTable): string => `
  CREATE TABLE ${name} (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    row TEXT NOT NULL,
    ${bytes ? 'bytes BLOB NOT NULL,' : ''}
    UNIQUE (organization_id, id)
  ) STRICT`;
