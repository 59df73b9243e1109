import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { State } from '../state/state.ts';
import type { Store } from '../state/transaction.ts';
import { DatabaseFile } from './database-file.ts';
import {
  codeOf,
  type Connect,
  connect as connectBySqlite,
  type DatabaseConnection,
} from './driver.ts';
import { explainNotOpened, explainNotSaved } from './errors.ts';
import { holdFile } from './file-access.ts';
import { loadState } from './read-rows.ts';
import { DamagedFile } from './rows.ts';
import { prepareSchema, schemaNumber } from './schema.ts';
import { createWriteQueue } from './write-queue.ts';

/** Dependencies that tests can replace. */
export interface DatabaseParts {
  readonly connect?: Connect;
  /** Prints a line about the file for the operator of the server. */
  readonly notify?: (line: string) => void;
  /** Flushes a file to disk. */
  readonly sync?: (path: string) => Promise<void>;
}

/**
 * Opens or creates a database file, exclusively for this process; loads it into an empty state; and
 * returns a store that writes to it.
 *
 * When `write` resolves, the operating system has the changes, so they survive the end of the
 * process. They are flushed to disk within a second; a power cut can lose the last second, but
 * never the file. Waiting for the disk before each response would halve the throughput. After
 * `close` everything is in the one file; only on a full disk may SQLite leave some of it in the
 * `-wal` file.
 *
 * @param path - the file, relative to the working directory
 * @throws UsageError if the file can't be used; then it is unchanged, and the state is empty
 */
export const openDatabase = async (
  path: string,
  state: State,
  {
    connect = connectBySqlite,
    notify: notify = () => undefined,
    sync = syncFile,
  }: DatabaseParts = {},
): Promise<Store> => {
  // An absolute path, since SQLite gives some names, such as ":memory:", a special meaning.
  const file = resolve(path);
  const hold = await holdFile(file, notify);
  try {
    const connection = await openConnection(file, connect, state);
    const openEmpty = () => openConnection(file, connect);
    const databaseFile = new DatabaseFile(
      { file, state, notify, sync, openEmpty },
      { connection, hold },
    );
    const writer = createWriteQueue(
      (changes) => databaseFile.save(changes),
      (error) => explainNotSaved(file, error),
    );
    return {
      write: writer.write,
      close: async () => {
        await writer.close();
        await databaseFile.close();
      },
    };
  } catch (error) {
    // If another server in this process has the file, releasing it would drop its lock: see
    // holdFile.
    if (codeOf(error) !== 'SQLITE_BUSY') hold.release();
    hold.discard();
    throw explainNotOpened(file, error);
  }
};

/** @param state - filled with the data of the file */
const openConnection = async (
  file: string,
  connect: Connect,
  state?: State,
): Promise<DatabaseConnection> => {
  const connection = await connect(file);
  try {
    await connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL');
    // The first transaction takes the lock, which is held until the connection is closed. All
    // problems with the file show before the transaction ends, so that it stays unchanged.
    await connection.exec('BEGIN EXCLUSIVE');
    await requireIntact(connection);
    await prepareSchema(connection, file);
    if (state) await loadState(connection, state);
    await connection.exec('COMMIT');
    await connection.exec('PRAGMA journal_mode = WAL');
    // The first write, after which the log's directory entry is on disk too.
    await connection.exec(`PRAGMA user_version = ${schemaNumber}; PRAGMA synchronous = NORMAL`);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
};

/** Opened for writing, since some systems require that to flush. */
const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
};

const requireIntact = async (connection: DatabaseConnection): Promise<void> => {
  const [found] = await connection.all('PRAGMA quick_check(1)');
  const problem = found?.['quick_check'];
  if (problem !== 'ok') throw new DamagedFile(String(problem).replace(/\s+/g, ' '));
};
