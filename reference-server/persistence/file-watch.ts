import { fstatSync, realpathSync, statSync, type BigIntStats } from 'node:fs';

/** What others did to a file that is open here. */
export type Trouble =
  /** Its path leads nowhere: it was deleted or moved away, or its folder was. */
  | 'gone'
  /** Its path leads to another file. */
  | 'replaced'
  /** It was cut off or written to. */
  | 'changed'
  /** What SQLite keeps beside it, and hasn't put into it yet, is gone. */
  | 'log gone'
  /** Where its path leads to can't be seen. */
  | 'hidden';

export interface FileWatch {
  /** Compares the file with what was seen last. */
  readonly look: () => Trouble | undefined;
  /** Takes in what this process has just written; it must have gone where the path leads to. */
  readonly takeIn: (done: 'written' | 'tried') => Trouble | undefined;
  /** Whether nobody may write the file, as its mode says. */
  readonly isReadOnly: () => boolean;
  /** The path of what SQLite keeps beside the file, if that can be seen there. */
  readonly ownLog: () => string | undefined;
}

interface FileSight {
  /** What the path leads to. */
  readonly there: BigIntStats | undefined;
  /** What is open, wherever it is by now. */
  readonly file: BigIntStats;
  readonly log: BigIntStats | undefined;
  /** Whether the log was written to when it could not be seen. */
  readonly isLogOld?: true;
}

/**
 * Watches an open database file: an open file that was deleted takes everything and keeps nothing,
 * and neither it nor SQLite would say so. Looking is done without opening it, which would cost the
 * process its lock, and at once, so that nothing else happens meanwhile.
 *
 * @param descriptor - the file, which is open
 */
export const watchFile = (path: string, descriptor: number): FileWatch => {
  // SQLite follows a link, and puts its log beside the file that the link leads to.
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
      // Should it be back once, then what was written meanwhile is no surprise.
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

/** What this process has done since it looked last. */
type Expected = 'untouched' | 'written' | 'tried';

/** SQLite makes neither file smaller while it has them open. */
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
  // There is none before the first write.
  const isWritten = seen.log !== undefined || seen.isLogOld || expected === 'written';
  if (!log) return isWritten ? 'log gone' : undefined;
  if (!seen.log) return undefined;
  const isKnown = seen.isLogOld ?? isAsExpected(expected, seen.log, log);
  return isSame(seen.log, log) && isKnown ? undefined : 'changed';
};
