import { realpathSync, statSync, type BigIntStats } from 'node:fs';

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

export interface Watch {
  /** Compares the file with what was seen last. */
  readonly look: () => Trouble | undefined;
  /** Takes in what this process has just written; the file itself must still be there. */
  readonly takeIn: () => Trouble | undefined;
  /** Whether nobody may write the file, as its mode says. */
  readonly isReadOnly: () => boolean;
  /** The path of what SQLite keeps beside the file, if it is still there. */
  readonly ownLog: () => string | undefined;
}

interface Sight {
  readonly file: BigIntStats | undefined;
  readonly log: BigIntStats | undefined;
}

/**
 * Watches an open database file: an open file that was deleted takes everything and keeps nothing,
 * and neither it nor SQLite would say so. Looking is done without opening it, which would cost the
 * process its lock, and at once, so that nothing else happens meanwhile.
 */
export const watchFile = (path: string): Watch => {
  // SQLite follows a link, and puts its log beside the file that the link leads to.
  const log = `${realpathSync(path)}-wal`;
  const see = (): Sight => ({ file: statOf(path), log: statOf(log) });
  let seen = see();
  const compare = (isAsBefore: IsAsBefore): Trouble | undefined => {
    try {
      const found = see();
      const trouble = troubleOf(seen, found, isAsBefore);
      if (!trouble) seen = found;
      return trouble;
    } catch {
      return 'hidden';
    }
  };
  return {
    look: () => compare(isUntouched),
    takeIn: () => compare(isNoSmaller),
    isReadOnly: () => seen.file !== undefined && (seen.file.mode & 0o222n) === 0n,
    ownLog: () => {
      const found = statOf(log);
      return found && seen.log && isSame(seen.log, found) ? log : undefined;
    },
  };
};

const statOf = (path: string): BigIntStats | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

type IsAsBefore = (before: BigIntStats, now: BigIntStats) => boolean;

const isUntouched: IsAsBefore = (before, now) =>
  before.size === now.size && before.mtimeNs === now.mtimeNs;

/** SQLite makes neither file smaller while it has them open. */
const isNoSmaller: IsAsBefore = (before, now) => before.size <= now.size;

const isSame: IsAsBefore = (before, now) => before.ino === now.ino && before.dev === now.dev;

const troubleOf = (
  seen: Sight,
  { file, log }: Sight,
  isAsBefore: IsAsBefore,
): Trouble | undefined => {
  if (!file) return 'gone';
  if (seen.file && !isSame(seen.file, file)) return 'replaced';
  if (seen.file && !isAsBefore(seen.file, file)) return 'changed';
  if (!seen.log) return undefined;
  if (!log) return 'log gone';
  return isSame(seen.log, log) && isAsBefore(seen.log, log) ? undefined : 'changed';
};
