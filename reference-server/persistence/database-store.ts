import { resolve } from 'node:path';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { notKept, notOpened } from './complaints.ts';
import { codeOf, connect as connectBySqlite, type Connect, type Connection } from './driver.ts';
import { keepChanges } from './keep.ts';
import { loadState } from './load.ts';
import { lookAt } from './look.ts';
import { Damage } from './rows.ts';
import { prepareSchema } from './schema.ts';
import { createWriter } from './writer.ts';

/**
 * Opens a database file, or creates it, for this process alone; loads it into an empty state; and
 * keeps in it what is written.
 *
 * What was written is there when `write` resolves, whatever happens to the process. After `close`
 * all of it is in the one file; only a full disk can make SQLite leave some in the `-wal` beside it.
 *
 * @param path - the file, from the working directory
 * @throws UsageError if the file can't be used; it is as it was then, and the state is empty
 */
export const openDatabase = async (
  path: string,
  state: State,
  connect: Connect = connectBySqlite,
): Promise<Store> => {
  // An absolute path, since SQLite takes some names, such as ":memory:", for something else.
  const file = resolve(path);
  const release = await lookAt(file);
  try {
    const connection = await openConnection(file, state, connect);
    const keep = createWriter(
      (changes) => keepChanges(connection, changes),
      (error) => notKept(file, error),
    );
    return {
      write: keep.write,
      close: async () => {
        await keep.close();
        await connection.close();
        release();
      },
    };
  } catch (error) {
    // If this process itself holds the file, releasing it would let others in: see lookAt.
    if (codeOf(error) !== 'SQLITE_BUSY') release();
    throw notOpened(file, error);
  }
};

const openConnection = async (
  file: string,
  state: State,
  connect: Connect,
): Promise<Connection> => {
  const connection = await connect(file);
  try {
    await takePossession(connection, file);
    await requireWhole(connection);
    await loadState(connection, state);
    await connection.exec('PRAGMA journal_mode = WAL');
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
};

/** The lock is taken by the first transaction, and kept until the connection is closed. */
const takePossession = async (connection: Connection, file: string): Promise<void> => {
  await connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL');
  await connection.exec('BEGIN EXCLUSIVE');
  await prepareSchema(connection, file);
  await connection.exec('COMMIT');
};

const requireWhole = async (connection: Connection): Promise<void> => {
  const [found] = await connection.all('PRAGMA quick_check(1)');
  const complaint = found?.['quick_check'];
  if (complaint !== 'ok') throw new Damage(String(complaint).replace(/\s+/g, ' '));
};
