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
  /** Opens an empty file, and makes it one of ours. */
  readonly openEmpty: () => Promise<DatabaseConnection>;
  /** Takes a line for whoever runs the server. */
  readonly say: (line: string) => void;
  /** Lets the disk write what a file has. Not for the database file: to close it costs the lock. */
  readonly sync: (path: string) => Promise<void>;
}

/** How long the operating system alone may have what was kept, in milliseconds. */
const syncAfter = 1000;

/** A file that this process has to itself. */
export interface OpenedFile {
  readonly connection: DatabaseConnection;
  readonly hold: HeldFile;
}

/**
 * Keeps changes in a file that anything may happen to: it looks at the file before it writes, and
 * again before anybody is told that something is kept.
 *
 * The memory has everything. So a file that is gone is written anew as a whole; but one that others
 * have put or changed there is left alone until somebody moves it away.
 */
export class DatabaseFile {
  readonly #parts: DatabaseFileParts;
  /** Undefined once the file is gone, until another is open. */
  #opened: OpenedFile | undefined;
  #watch;
  /** Whether others have changed what the connection reads: what it would write makes it worse. */
  #spoiled = false;
  /** Whether the file has something else than the memory, and must be written as a whole. */
  #stale = false;
  /** Whether the disk has failed to write what the file has. */
  #unsynced = false;
  /** Whether the file was made under the running server, and has nothing yet. */
  #isNew = false;
  #syncing: NodeJS.Timeout | undefined;
  #told: string | undefined;
  #wasReadOnly = false;

  constructor(parts: DatabaseFileParts, opened: OpenedFile) {
    this.#parts = parts;
    this.#opened = opened;
    this.#watch = watchFile(parts.file, opened.hold.descriptor);
  }

  /** Writes changes, all or nothing; not to be called again before it ends. */
  async keep(changes: readonly Change[]): Promise<void> {
    try {
      await this.#write(changes);
    } catch (error) {
      this.#tellTrouble(error);
      throw error;
    }
    this.#tellSuccess();
  }

  /** Lets go of the file, which then has all that was kept. */
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
    // Collected before anything is waited for: what the memory has now is kept, or is among the
    // changes that are to be kept.
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
      // A write that failed has left something in the log perhaps.
      this.#watch.takeIn('tried');
      throw error;
    }
    const later = this.#watch.takeIn('written');
    // What was written just now is undone in memory, but may be in the file.
    this.#stale = later !== undefined;
    if (later) throw new FileLost(later);
    if (this.#isNew) this.#say(notices.writtenAnew);
    else if (trouble) this.#say(notices.logMadeAnew);
    this.#isNew = false;
    this.#syncing ??= setTimeout(() => void this.#sync(), syncAfter).unref();
  }

  /** One for all that was written within its time; nobody waits for it. */
  async #sync(): Promise<void> {
    this.#syncing = undefined;
    const log = this.#watch.ownLog();
    try {
      if (log !== undefined) await this.#parts.sync(log);
    } catch (error) {
      // What the disk has is unknown now.
      this.#unsynced = true;
      this.#say(notices.notSynced(error));
    }
  }

  #look(): Trouble | 'damaged' | undefined {
    // Without a file there is none to compare with; whatever is at its place is another's.
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
      // What an earlier file has left beside it belongs to no other.
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

  /** Lets SQLite put all that its log had into the file, which it can as it has it open. */
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
      // Otherwise SQLite would put it into what others have made of the file, now or later.
      if (log !== undefined) truncateSync(log);
    } else if (trouble) {
      // The file has all that was kept, wherever it was moved to.
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
