import { existsSync, rmSync, truncateSync } from 'node:fs';
import { asChanges, type State } from '../state/state.ts';
import type { Change } from '../state/transaction.ts';
import type { DatabaseConnection } from './driver.ts';
import { FileLost, isDamage, notices, notKept } from './errors.ts';
import { type HeldFile, recreateFile } from './file-access.ts';
import { type Trouble, watchFile } from './file-watch.ts';
import { writeChanges } from './write-rows.ts';

export interface DatabaseFileParts {
  readonly file: string;
  readonly state: State;
  /** Opens an empty file and creates the tables in it. */
  readonly openEmpty: () => Promise<DatabaseConnection>;
  /** Prints a line for the operator of the server. */
  readonly say: (line: string) => void;
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
  #spoiled = false;
  /** Whether the file differs from memory and must be written completely. */
  #stale = false;
  /** Whether flushing to disk has failed. */
  #unsynced = false;
  /** Whether the file was created while the server was running, and is still empty. */
  #isNew = false;
  #syncing: NodeJS.Timeout | undefined;
  #told: string | undefined;
  #wasReadOnly = false;

  constructor(parts: DatabaseFileParts, opened: OpenedFile) {
    this.#parts = parts;
    this.#opened = opened;
    this.#watch = watchFile(parts.file, opened.hold.descriptor);
  }

  /** Writes changes, all or nothing; must not be called again before it ends. */
  async keep(changes: readonly Change[]): Promise<void> {
    try {
      await this.#write(changes);
    } catch (error) {
      this.#tellTrouble(error);
      throw error;
    }
    this.#tellSuccess();
  }

  /** Closes the file, which then contains all that was saved. */
  async close(): Promise<void> {
    const trouble = this.#look();
    const isDue = trouble === undefined && (this.#stale || this.#unsynced);
    if (trouble === 'gone' || trouble === 'log gone' || isDue) {
      await this.keep([]).catch(() => undefined);
    } else if (trouble) {
      this.#say(notices.leftBehind);
    }
    await this.#letGo(trouble);
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const trouble = this.#look();
    // Collected before the first await: the data in memory now is already saved or is among the
    // changes to save.
    const isWhole = trouble === 'gone' || this.#stale || this.#unsynced;
    const whole = isWhole ? asChanges(this.#parts.state) : undefined;
    const wasUnsynced = this.#unsynced;
    this.#unsynced = false;
    if (trouble === 'gone') await this.#openAnew();
    else if (trouble === 'log gone') await this.#renewLog();
    else if (trouble) throw new FileLost(trouble);
    const { connection } = this.#opened as OpenedFile;
    try {
      await writeChanges(connection, whole ?? changes, isWhole);
    } catch (error) {
      if (isDamage(error)) this.#spoiled = true;
      this.#unsynced ||= wasUnsynced;
      // A failed write may have changed the log.
      this.#watch.takeIn('tried');
      throw error;
    }
    const later = this.#watch.takeIn('written');
    // The changes will be undone in memory, but may be in the file.
    this.#stale = later !== undefined;
    if (later) throw new FileLost(later);
    if (this.#isNew) this.#say(notices.writtenAnew);
    else if (trouble) this.#say(notices.logMadeAnew);
    this.#isNew = false;
    this.#syncing ??= setTimeout(() => void this.#sync(), syncAfter).unref();
  }

  /** One flush for all writes within the interval; no request waits for it. */
  async #sync(): Promise<void> {
    this.#syncing = undefined;
    const log = this.#watch.ownLog();
    try {
      if (log !== undefined) await this.#parts.sync(log);
    } catch (error) {
      // What is on disk is now unknown.
      this.#unsynced = true;
      this.#say(notices.notSynced(error));
    }
  }

  #look(): Trouble | 'damaged' | undefined {
    // If no file is open, a file at the path is somebody else's.
    if (!this.#opened) return existsSync(this.#parts.file) ? 'replaced' : 'gone';
    const trouble = this.#watch.look();
    if (trouble === 'changed') this.#spoiled = true;
    return this.#spoiled && trouble === undefined ? 'damaged' : trouble;
  }

  async #openAnew(): Promise<void> {
    const { file, openEmpty } = this.#parts;
    const hold = await recreateFile(file);
    try {
      await this.#letGo('gone');
      // Remaining files of SQLite belong to the earlier file.
      for (const end of ['-wal', '-shm', '-journal']) rmSync(file + end, { force: true });
      this.#opened = { connection: await openEmpty(), hold };
      this.#watch = watchFile(file, hold.descriptor);
    } catch (error) {
      hold.release();
      hold.discard();
      throw error;
    }
    [this.#spoiled, this.#stale, this.#isNew] = [false, true, true];
  }

  /** Has SQLite write its log into the file, which works since the log is still open. */
  async #renewLog(): Promise<void> {
    if (!this.#opened) return;
    const { connection, hold } = this.#opened;
    await connection.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL');
    this.#watch = watchFile(this.#parts.file, hold.descriptor);
  }

  async #letGo(trouble: Trouble | 'damaged' | undefined): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    this.#opened = undefined;
    clearTimeout(this.#syncing);
    this.#syncing = undefined;
    const log = this.#watch.ownLog();
    if (this.#spoiled) {
      // Otherwise SQLite would write the log into the changed file, now or later.
      if (log !== undefined) truncateSync(log);
    } else if (trouble) {
      // Writes the log into the file, wherever it was moved to.
      await opened.connection.exec('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
    }
    await opened.connection.close();
    if (trouble && log !== undefined) rmSync(log, { force: true });
    opened.hold.release();
  }

  #tellTrouble(error: unknown): void {
    const { message } = notKept(this.#parts.file, error);
    if (message !== this.#told) this.#parts.say(message);
    this.#told = message;
  }

  #tellSuccess(): void {
    if (this.#told !== undefined) this.#say(notices.goesOn);
    this.#told = undefined;
    const isReadOnly = this.#watch.isReadOnly();
    if (isReadOnly && !this.#wasReadOnly) this.#say(notices.readOnly);
    this.#wasReadOnly = isReadOnly;
  }

  #say(notice: (file: string) => string): void {
    this.#parts.say(notice(this.#parts.file));
  }
}
