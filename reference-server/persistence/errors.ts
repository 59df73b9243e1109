import { UsageError } from '../runtime/errors.ts';
import { NotKept } from '../state/transaction.ts';
import { codeOf } from './driver.ts';
import type { Trouble } from './file-watch.ts';
import { Damage } from './rows.ts';

/** A file that isn't any more what this server had open. */
export class FileLost extends Error {
  readonly trouble: Trouble | 'damaged';

  constructor(trouble: Trouble | 'damaged') {
    super(trouble);
    this.trouble = trouble;
  }
}

/** Says why changes weren't kept. */
export const notKept = (file: string, error: unknown): NotKept => {
  const refused = 'Requests that would change anything are answered 500, and nothing is changed.';
  if (error instanceof FileLost) {
    const { what, next } = losses[error.trouble];
    return new NotKept(`${file} ${what} while the server is running. ${refused} ${next}`);
  }
  if (error instanceof UsageError) {
    return new NotKept(
      `${file} was deleted while the server is running. ${error.message} ${refused}`,
    );
  }
  return new NotKept(
    `${file} took no more (${reasonOf(error)}). ${refused} ` +
      'Make room on its disk if it is full; the server goes on by itself.',
  );
};

const moveAway =
  'Move away what is at its place now: then the server writes all that it holds to a new file there.';

const losses: Readonly<
  Record<FileLost['trouble'], { readonly what: string; readonly next: string }>
> = {
  gone: {
    what: 'was deleted or moved away',
    next: 'Send the request again: it is written anew.',
  },
  replaced: { what: 'was replaced by another file', next: moveAway },
  changed: { what: 'was changed by another program', next: moveAway },
  damaged: { what: 'was damaged', next: moveAway },
  'log gone': { what: 'lost its -wal file', next: 'Send the request again: it is made anew.' },
  hidden: { what: "can't be seen any more", next: 'Give the server access to its folder again.' },
};

/** Whether what SQLite says means that the file itself is no longer sound. */
export const isDamage = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(String(codeOf(error)));

/** What can be said of a file that is open. */
export const notices = {
  writtenAnew: (file: string): string =>
    `${file} was deleted or moved away while the server is running. It was written anew, with all ` +
    'that the server holds.',
  logMadeAnew: (file: string): string =>
    `${file} lost its -wal file while the server is running. Nothing is lost: it was made anew.`,
  notSynced:
    (error: unknown) =>
    (file: string): string =>
      `${file} may lack what was changed last if the power fails (${reasonOf(error)}). Look whether ` +
      'its disk is sound; with the next change everything is written once more.',
  goesOn: (file: string): string => `${file} takes changes again.`,
  readOnly: (file: string): string =>
    `${file} was made read-only. The running server still keeps all in it; for the next one, say: ` +
    `chmod u+w ${file}`,
  leftBehind: (file: string): string =>
    `${file} is not what the server had open, and was left as it is. What the server held is lost.`,
};

/** Says why a file can't be opened; an error that isn't the file's stays as it is. */
export const notOpened = (file: string, error: unknown): unknown => {
  const code = error instanceof Damage ? 'SQLITE_CORRUPT' : codeOf(error);
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return error;
  const { what, next } = causes[code] ?? { what: 'cannot be used', next: 'Mend that' };
  const reason = plain.has(code) ? '' : ` (${reasonOf(error)})`;
  return new UsageError(`${file} ${what}${reason}. ${next}, or name another file with --db.`);
};

const foreign = { what: 'is in use by another server or program', next: 'Stop that one' };
const readOnly = { what: 'cannot be opened for writing', next: 'Allow that' };
const damaged = { what: 'is damaged', next: 'Put a copy in its place' };
const noRoom = { what: 'is on a disk that is full or fails', next: 'Make room there' };

const causes: Readonly<Record<string, { readonly what: string; readonly next: string }>> = {
  SQLITE_BUSY: foreign,
  SQLITE_LOCKED: foreign,
  SQLITE_CORRUPT: damaged,
  // A table or column that should be there is not.
  SQLITE_ERROR: damaged,
  SQLITE_NOTADB: { what: 'is not a database', next: 'Move it away' },
  SQLITE_CANTOPEN: readOnly,
  SQLITE_PERM: readOnly,
  SQLITE_READONLY: readOnly,
  SQLITE_FULL: noRoom,
  SQLITE_IOERR: noRoom,
};

/** What the driver adds to these says nothing new. */
const plain: ReadonlySet<string> = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_NOTADB']);

/** "SQLITE_FULL: database or disk is full" without the code. */
const reasonOf = (error: unknown): string =>
  String(error)
    .replace(/^(Error: )?(SQLITE_\w+: )?/, '')
    .replace(/\s+/g, ' ');
