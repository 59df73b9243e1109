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
import { notKept, notOpened } from './errors.ts';
import { holdFile } from './file-access.ts';
import { loadState } from './read-rows.ts';
import { Damage } from './rows.ts';
import { prepareSchema, schemaNumber } from './schema.ts';
import { createWriteQueue } from './write-queue.ts';

/** What can be exchanged where a file is opened. */
export interface DatabaseParts {
  readonly connect?: Connect;
  /** Takes a line about what happens to the file, for whoever runs the server. */
  readonly say?: (line: string) => void;
  /** Lets the disk write what a file has. */
  readonly sync?: (path: string) => Promise<void>;
}

/**
 * Opens a database file, or creates it, for this process alone; loads it into an empty state; and
 * keeps in it what is written.
 *
 * What was written is there when `write` resolves, whatever happens to the process: the operating
 * system has it. The disk has it a second later at most; so what a power cut can cost is the last
 * second, and never the file. To wait for the disk before each answer would halve what the server
 * can take, and would make that depend on the disk. After `close` all of it is in the one file; only
 * a full disk can make SQLite leave some in the `-wal` beside it.
 *
 * @param path - the file, from the working directory
 * @throws UsageError if the file can't be used; it is as it was then, and the state is empty
 */
export const openDatabase = async (
  path: string,
  state: State,
  { connect = connectBySqlite, say = () => undefined, sync = syncFile }: DatabaseParts = {},
): Promise<Store> => {
  // An absolute path, since SQLite takes some names, such as ":memory:", for something else.
  const file = resolve(path);
  const hold = await holdFile(file, say);
  try {
    const connection = await openConnection(file, connect, state);
    const openEmpty = () => openConnection(file, connect);
    const keeper = new DatabaseFile({ file, state, say, sync, openEmpty }, { connection, hold });
    const writer = createWriteQueue(
      (changes) => keeper.keep(changes),
      (error) => notKept(file, error),
    );
    return {
      write: writer.write,
      close: async () => {
        await writer.close();
        await keeper.close();
      },
    };
  } catch (error) {
    // If this process itself holds the file, releasing it would let others in: see holdFile.
    if (codeOf(error) !== 'SQLITE_BUSY') hold.release();
    hold.discard();
    throw notOpened(file, error);
  }
};

/** @param state - takes all that the file holds */
const openConnection = async (
  file: string,
  connect: Connect,
  state?: State,
): Promise<DatabaseConnection> => {
  const connection = await connect(file);
  try {
    await connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL');
    // The lock is taken by the first transaction, and kept until the connection is closed. All that
    // can be wrong with the file shows before the transaction ends: then it is as it was.
    await connection.exec('BEGIN EXCLUSIVE');
    await requireWhole(connection);
    await prepareSchema(connection, file);
    if (state) await loadState(connection, state);
    await connection.exec('COMMIT');
    await connection.exec('PRAGMA journal_mode = WAL');
    // A first write, after which the disk has the log's entry in its folder too.
    await connection.exec(`PRAGMA user_version = ${schemaNumber}; PRAGMA synchronous = NORMAL`);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
};

/** For writing, which isn't done here: some systems ask for it. */
const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
};

const requireWhole = async (connection: DatabaseConnection): Promise<void> => {
  const [found] = await connection.all('PRAGMA quick_check(1)');
  const complaint = found?.['quick_check'];
  if (complaint !== 'ok') throw new Damage(String(complaint).replace(/\s+/g, ' '));
};
