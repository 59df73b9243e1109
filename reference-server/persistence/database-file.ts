import { existsSync, rmSync, truncateSync } from 'node:fs';
import { asChanges, type State } from '../state/state.ts';
import type { Change } from '../state/transaction.ts';
import type { DatabaseConnection } from './driver.ts';
import { explainNotSaved, FileLost, isDamage, notices } from './errors.ts';
import { type HeldFile, recreateFile } from './file-access.ts';
import { type FileProblem, watchFile } from './file-watch.ts';
import { writeChanges } from './write-rows.ts';

export interface DatabaseFileParts {
  readonly file: string;
  readonly state: State;
  /** Opens an empty file and creates the tables in it. */
  readonly openEmpty: () => Promise<DatabaseConnection>;
  /** Prints a line for the operator of the server. */
  readonly notify: (line: string) => void;
  /** Flushes a file to disk. Not for the database file: closing it would release the lock. */
  readonly sync: (path: string) => Promise<void>;
}

/** How long saved changes may wait before they are flushed to disk, in milliseconds. */
const syncAfter = 1000;

/** A file that this process holds exclusively. */
export interface OpenedFile {
  readonly connection: DatabaseConnection;
  readonly hold: HeldFile;
}

/**
 * Saves changes in a file that others may change or delete: it checks the file before it writes,
 * and again before it reports success.
 *
 * All data is in memory too. So a missing file is written again completely; but a file that others
 * replaced or changed is left alone until somebody moves it away.
 */
export class DatabaseFile {
  readonly #parts: DatabaseFileParts;
  /** Undefined after the file is lost, until another is open. */
  #opened: OpenedFile | undefined;
  #watch;
  /** Whether others have changed the open file: further writes would damage it more. */
  #isDamaged = false;
  /** Whether the file differs from memory and must be written completely. */
  #differsFromMemory = false;
  /** Whether flushing to disk has failed. */
  #syncFailed = false;
  /** Whether the file was created while the server was running, and is still empty. */
  #isNew = false;
  #syncing: NodeJS.Timeout | undefined;
  #reportedProblem: string | undefined;
  #wasReadOnly = false;

  constructor(parts: DatabaseFileParts, opened: OpenedFile) {
    this.#parts = parts;
    this.#opened = opened;
    this.#watch = watchFile(parts.file, opened.hold.descriptor);
  }

  /** Writes changes, all or nothing; must not be called again before it ends. */
  async save(changes: readonly Change[]): Promise<void> {
    try {
      await this.#write(changes);
    } catch (error) {
      this.#reportProblem(error);
      throw error;
    }
    this.#reportSuccess();
  }

  /** Closes the file, which then contains all that was saved. */
  async close(): Promise<void> {
    const problem = this.#check();
    const isDue = problem === undefined && (this.#differsFromMemory || this.#syncFailed);
    if (problem === 'gone' || problem === 'log gone' || isDue) {
      await this.save([]).catch(() => undefined);
    } else if (problem) {
      this.#notify(notices.leftUnchanged);
    }
    await this.#release(problem);
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const problem = this.#check();
    // Collected before the first await: the data in memory now is already saved or is among the
    // changes to save.
    const writesAll = problem === 'gone' || this.#differsFromMemory || this.#syncFailed;
    const allChanges = writesAll ? asChanges(this.#parts.state) : undefined;
    const wasUnsynced = this.#syncFailed;
    this.#syncFailed = false;
    if (problem === 'gone') await this.#recreate();
    else if (problem === 'log gone') await this.#recreateLog();
    else if (problem) throw new FileLost(problem);
    const { connection } = this.#opened as OpenedFile;
    try {
      await writeChanges(connection, allChanges ?? changes, writesAll);
    } catch (error) {
      if (isDamage(error)) this.#isDamaged = true;
      this.#syncFailed ||= wasUnsynced;
      // A failed write may have changed the log.
      this.#watch.recordWrite('tried');
      throw error;
    }
    const newProblem = this.#watch.recordWrite('written');
    // The changes will be undone in memory, but may be in the file.
    this.#differsFromMemory = newProblem !== undefined;
    if (newProblem) throw new FileLost(newProblem);
    if (this.#isNew) this.#notify(notices.rewritten);
    else if (problem) this.#notify(notices.logRecreated);
    this.#isNew = false;
    this.#syncing ??= setTimeout(() => void this.#sync(), syncAfter).unref();
  }

  /** One flush for all writes within the interval; no request waits for it. */
  async #sync(): Promise<void> {
    this.#syncing = undefined;
    const log = this.#watch.logPath();
    try {
      if (log !== undefined) await this.#parts.sync(log);
    } catch (error) {
      // What is on disk is now unknown.
      this.#syncFailed = true;
      this.#notify(notices.notSynced(error));
    }
  }

  #check(): FileProblem | 'damaged' | undefined {
    // If no file is open, a file at the path is somebody else's.
    if (!this.#opened) return existsSync(this.#parts.file) ? 'replaced' : 'gone';
    const problem = this.#watch.check();
    if (problem === 'changed') this.#isDamaged = true;
    return this.#isDamaged && problem === undefined ? 'damaged' : problem;
  }

  async #recreate(): Promise<void> {
    const { file, openEmpty } = this.#parts;
    const hold = await recreateFile(file);
    try {
      await this.#release('gone');
      // Remaining files of SQLite belong to the earlier file.
      for (const suffix of ['-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
      this.#opened = { connection: await openEmpty(), hold };
      this.#watch = watchFile(file, hold.descriptor);
    } catch (error) {
      hold.release();
      hold.discard();
      throw error;
    }
    [this.#isDamaged, this.#differsFromMemory, this.#isNew] = [false, true, true];
  }

  /** Has SQLite write its log into the file, which works since the log is still open. */
  async #recreateLog(): Promise<void> {
    if (!this.#opened) return;
    const { connection, hold } = this.#opened;
    await connection.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL');
    this.#watch = watchFile(this.#parts.file, hold.descriptor);
  }

  async #release(problem: FileProblem | 'damaged' | undefined): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    this.#opened = undefined;
    clearTimeout(this.#syncing);
    this.#syncing = undefined;
    const log = this.#watch.logPath();
    if (this.#isDamaged) {
      // Otherwise SQLite would write the log into the changed file, now or later.
      if (log !== undefined) truncateSync(log);
    } else if (problem) {
      // Writes the log into the file, wherever it was moved to.
      await opened.connection.exec('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
    }
    await opened.connection.close();
    if (problem && log !== undefined) rmSync(log, { force: true });
    opened.hold.release();
  }

  #reportProblem(error: unknown): void {
    const { message } = explainNotSaved(this.#parts.file, error);
    if (message !== this.#reportedProblem) this.#parts.notify(message);
    this.#reportedProblem = message;
  }

  #reportSuccess(): void {
    if (this.#reportedProblem !== undefined) this.#notify(notices.recovered);
    this.#reportedProblem = undefined;
    const isReadOnly = this.#watch.isReadOnly();
    if (isReadOnly && !this.#wasReadOnly) this.#notify(notices.readOnly);
    this.#wasReadOnly = isReadOnly;
  }

  #notify(notice: (file: string) => string): void {
    this.#parts.notify(notice(this.#parts.file));
  }
}
