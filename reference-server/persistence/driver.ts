import { UsageError } from '../runtime/errors.ts';

/** The types of a statement's parameters. */
export type Value = string | number | Buffer;

export type StoredValues = Readonly<Record<string, unknown>>;

/** A connection to a database file. Each call must be awaited before the next. */
export interface DatabaseConnection {
  /** Executes statements that have no parameters. */
  readonly exec: (sql: string) => Promise<void>;
  /** Returns all rows of a query; the prepared statement is cached. */
  readonly all: (sql: string, values?: readonly Value[]) => Promise<StoredValues[]>;
  /** Executes one statement; the prepared statement is cached. */
  readonly run: (sql: string, values: readonly Value[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a file, or creates it. */
export type Connect = (file: string) => Promise<DatabaseConnection>;

/**
 * Connects by the package `sqlite3`, which is loaded here only, on the first call.
 *
 * @throws UsageError if the package is missing; errors of the driver have a code, see {@link
 *   codeOf}
 */
export const connect: Connect = async (file) => {
  const { Database, OPEN_CREATE, OPEN_FULLMUTEX, OPEN_READWRITE } = await loadDriver();
  const database = await promisify<InstanceType<typeof Database>>((done) => {
    const mode = OPEN_READWRITE | OPEN_CREATE | OPEN_FULLMUTEX;
    const opened = new Database(file, mode, (error) => {
      done(error, opened);
    });
  });
  // Waiting is pointless: another server holds the file until it stops.
  database.configure('busyTimeout', 0);
  const statements = new Map<string, ReturnType<typeof database.prepare>>();

  const prepared = async (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const newStatement = await promisify<ReturnType<typeof database.prepare>>((done) => {
      const statement = database.prepare(sql, (error) => {
        done(error, statement);
      });
    });
    statements.set(sql, newStatement);
    return newStatement;
  };

  return {
    exec: (sql) => promisify((done) => database.exec(sql, done)),
    all: async (sql, values = []) => {
      const statement = await prepared(sql);
      return promisify((done) => statement.all(values, done));
    },
    run: async (sql, values) => {
      const statement = await prepared(sql);
      await promisify<undefined>((done) => statement.run(values, done));
    },
    close: async () => {
      for (const statement of statements.values()) {
        await promisify<undefined>((done) => statement.finalize(done));
      }
      statements.clear();
      await promisify<undefined>((done) => {
        database.close(done);
      });
    },
  };
};

/** The driver's error code, such as SQLITE_BUSY. */
export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const loadDriver = async () => {
  try {
    return (await import('sqlite3')).default;
  } catch (error) {
    const reason = String(error).split('\n', 1).join();
    throw new UsageError(
      `--db needs the package sqlite3, which can't be loaded here (${reason}). ` +
        'Run "npm install sqlite3", which may need a C++ compiler, or start without --db.',
    );
  }
};

type Done<Result> = (error: Error | null, result?: Result) => void;

/** Turns the driver's callback into a promise. */
const promisify = <Result>(call: (done: Done<Result>) => unknown): Promise<Result> =>
  new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) reject(error);
      else resolve(result as Result);
    });
  });
