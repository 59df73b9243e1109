import { type BigIntStats, fstatSync, realpathSync, statSync } from 'node:fs';

/** What other programs did to a file that is open here. */
export type FileProblem =
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
  readonly check: () => FileProblem | undefined;
  /**
   * Records the state after a write of this process, and checks that it went to the file at the
   * path.
   */
  readonly recordWrite: (done: 'written' | 'tried') => FileProblem | undefined;
  /** Whether the file's mode lets nobody write it. */
  readonly isReadOnly: () => boolean;
  /** The path of SQLite's `-wal` file, if it is there. */
  readonly logPath: () => string | undefined;
}

interface FileSnapshot {
  /** The file at the path. */
  readonly atPath: BigIntStats | undefined;
  /** The open file, wherever its path is by now. */
  readonly file: BigIntStats;
  readonly log: BigIntStats | undefined;
  /** Whether the log was written to while it could not be read. */
  readonly isLogOutdated?: true;
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
  const takeSnapshot = (): FileSnapshot => ({
    atPath: statOf(path),
    file: open(),
    log: statOf(log),
  });
  let last = takeSnapshot();
  const compare = (lastAction: LastAction): FileProblem | undefined => {
    try {
      const found = takeSnapshot();
      const problem = findProblem(last, found, lastAction);
      if (!problem) last = found;
      return problem;
    } catch {
      return 'hidden';
    }
  };
  return {
    check: () => compare('untouched'),
    recordWrite: (done) => {
      const problem = compare(done);
      // If the file comes back, the writes in between are expected.
      if (problem && problem !== 'changed') last = { ...last, file: open(), isLogOutdated: true };
      return problem;
    },
    isReadOnly: () => (last.file.mode & 0o222n) === 0n,
    logPath: () => {
      try {
        const found = statOf(log);
        return found && last.log && isSame(last.log, found) ? log : undefined;
      } catch {
        return undefined;
      }
    },
  };
};

const statOf = (path: string): BigIntStats | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

/** What this process has done since the last check. */
type LastAction = 'untouched' | 'written' | 'tried';

/** SQLite shrinks neither file while it has them open. */
const isAsExpected = (lastAction: LastAction, before: BigIntStats, now: BigIntStats): boolean =>
  lastAction === 'untouched'
    ? before.size === now.size && before.mtimeNs === now.mtimeNs
    : before.size <= now.size;

const isSame = (one: BigIntStats, other: BigIntStats): boolean =>
  one.ino === other.ino && one.dev === other.dev;

const findProblem = (
  last: FileSnapshot,
  { atPath: there, file, log }: FileSnapshot,
  lastAction: LastAction,
): FileProblem | undefined => {
  if (!there) return 'gone';
  if (!isSame(there, file)) return 'replaced';
  if (!isAsExpected(lastAction, last.file, file)) return 'changed';
  // There is no log before the first write.
  const isWritten = last.log !== undefined || last.isLogOutdated || lastAction === 'written';
  if (!log) return isWritten ? 'log gone' : undefined;
  if (!last.log) return undefined;
  const isKnown = last.isLogOutdated ?? isAsExpected(lastAction, last.log, log);
  return isSame(last.log, log) && isKnown ? undefined : 'changed';
};
