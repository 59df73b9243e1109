import { fstatSync, realpathSync, statSync, type BigIntStats } from 'node:fs';

/** What other programs did to a file that is open here. */
export type Trouble =
  /** Nothing is at its path: it, or its folder, was deleted or moved away. */
  | 'gone'
  /** Another file is at its path. */
  | 'replaced'
  /** It was truncated or written to. */
  | 'changed'
  /** SQLite's `-wal` file is gone. */
  | 'log gone'
  /** Its path can't be read. */
  | 'hidden';

export interface FileWatch {
  /** Compares the file with its last known state. */
  readonly look: () => Trouble | undefined;
  /**
   * Records the state after a write of this process, and checks that it went to the file at the
   * path.
   */
  readonly takeIn: (done: 'written' | 'tried') => Trouble | undefined;
  /** Whether the file's mode lets nobody write it. */
  readonly isReadOnly: () => boolean;
  /** The path of SQLite's `-wal` file, if it is there. */
  readonly ownLog: () => string | undefined;
}

interface FileSight {
  /** The file at the path. */
  readonly there: BigIntStats | undefined;
  /** The open file, wherever its path is by now. */
  readonly file: BigIntStats;
  readonly log: BigIntStats | undefined;
  /** Whether the log was written to while it could not be read. */
  readonly isLogOld?: true;
}

/**
 * Watches an open database file: writes to a deleted file succeed, but are lost without an error.
 * The checks don't open the file, since closing it would release the lock, and are synchronous, so
 * that nothing else happens in between.
 *
 * @param descriptor - the open file
 */
export const watchFile = (path: string, descriptor: number): FileWatch => {
  // SQLite resolves symbolic links, and creates its log beside the target.
  const log = `${realpathSync(path)}-wal`;
  const open = (): BigIntStats => fstatSync(descriptor, { bigint: true });
  const see = (): FileSight => ({ there: statOf(path), file: open(), log: statOf(log) });
  let seen = see();
  const compare = (expected: Expected): Trouble | undefined => {
    try {
      const found = see();
      const trouble = troubleOf(seen, found, expected);
      if (!trouble) seen = found;
      return trouble;
    } catch {
      return 'hidden';
    }
  };
  return {
    look: () => compare('untouched'),
    takeIn: (done) => {
      const trouble = compare(done);
      // If the file comes back, the writes in between are expected.
      if (trouble && trouble !== 'changed') seen = { ...seen, file: open(), isLogOld: true };
      return trouble;
    },
    isReadOnly: () => (seen.file.mode & 0o222n) === 0n,
    ownLog: () => {
      try {
        const found = statOf(log);
        return found && seen.log && isSame(seen.log, found) ? log : undefined;
      } catch {
        return undefined;
      }
    },
  };
};

const statOf = (path: string): BigIntStats | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

/** What this process has done since the last check. */
type Expected = 'untouched' | 'written' | 'tried';

/** SQLite shrinks neither file while it has them open. */
const isAsExpected = (expected: Expected, before: BigIntStats, now: BigIntStats): boolean =>
  expected === 'untouched'
    ? before.size === now.size && before.mtimeNs === now.mtimeNs
    : before.size <= now.size;

const isSame = (one: BigIntStats, other: BigIntStats): boolean =>
  one.ino === other.ino && one.dev === other.dev;

const troubleOf = (
  seen: FileSight,
  { there, file, log }: FileSight,
  expected: Expected,
): Trouble | undefined => {
  if (!there) return 'gone';
  if (!isSame(there, file)) return 'replaced';
  if (!isAsExpected(expected, seen.file, file)) return 'changed';
  // There is no log before the first write.
  const isWritten = seen.log !== undefined || seen.isLogOld || expected === 'written';
  if (!log) return isWritten ? 'log gone' : undefined;
  if (!seen.log) return undefined;
  const isKnown = seen.isLogOld ?? isAsExpected(expected, seen.log, log);
  return isSame(seen.log, log) && isKnown ? undefined : 'changed';
};
