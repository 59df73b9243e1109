import { UsageError } from '../runtime/errors.ts';
import { NotSaved } from '../state/transaction.ts';
import { codeOf } from './driver.ts';
import type { FileProblem } from './file-watch.ts';
import { DamagedFile } from './rows.ts';

/** The file at the path is no longer the one that this server has open. */
export class FileLost extends Error {
  readonly problem: FileProblem | 'damaged';

  constructor(problem: FileProblem | 'damaged') {
    super(problem);
    this.problem = problem;
  }
}

/** Describes why changes weren't saved. */
export const explainNotSaved = (file: string, error: unknown): NotSaved => {
  const refused = 'Requests that change data get a 500, and nothing is changed.';
  if (error instanceof FileLost) {
    const { what, next } = losses[error.problem];
    return new NotSaved(`${file} ${what} while the server is running. ${refused} ${next}`);
  }
  if (error instanceof UsageError) {
    return new NotSaved(
      `${file} was deleted while the server is running. ${error.message} ${refused}`,
    );
  }
  return new NotSaved(
    `${file} could not be written (${reasonOf(error)}). ${refused} ` +
      'If its disk is full, free some space; the server recovers by itself.',
  );
};

const moveAwayStep =
  'Move away the file that is there now: then the server writes all its data to a new file.';

const losses: Readonly<
  Record<FileLost['problem'], { readonly what: string; readonly next: string }>
> = {
  gone: {
    what: 'was deleted or moved away',
    next: 'Send the request again: the server writes a new file.',
  },
  replaced: { what: 'was replaced by another file', next: moveAwayStep },
  changed: { what: 'was changed by another program', next: moveAwayStep },
  damaged: { what: 'was damaged', next: moveAwayStep },
  'log gone': {
    what: 'lost its -wal file',
    next: 'Send the request again: the server creates a new one.',
  },
  hidden: { what: "can't be read any more", next: 'Give the server access to its folder again.' },
};

/** Whether SQLite's error means that the file itself is damaged. */
export const isDamage = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(String(codeOf(error)));

/** Notices about an open file. */
export const notices = {
  rewritten: (file: string): string =>
    `${file} was deleted or moved away while the server is running. The server wrote a new file ` +
    'with all its data.',
  logRecreated: (file: string): string =>
    `${file} lost its -wal file while the server is running. No data is lost: the server created a new one.`,
  notSynced:
    (error: unknown) =>
    (file: string): string =>
      `${file} may lose the latest changes if the power fails (${reasonOf(error)}). Check ` +
      'its disk; the next change writes all data again.',
  recovered: (file: string): string => `${file} can be written again.`,
  readOnly: (file: string): string =>
    `${file} was made read-only. The running server can still write it; before the next start run: ` +
    `chmod u+w ${file}`,
  leftUnchanged: (file: string): string =>
    `${file} is not the file that the server had open, and was left unchanged. The server's data is lost.`,
};

/** Describes why a file can't be opened; returns errors that aren't SQLite's unchanged. */
export const explainNotOpened = (file: string, error: unknown): unknown => {
  const code = error instanceof DamagedFile ? 'SQLITE_CORRUPT' : codeOf(error);
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return error;
  const { what, next } = causes[code] ?? { what: 'cannot be used', next: 'Fix that' };
  const reason = selfExplanatory.has(code) ? '' : ` (${reasonOf(error)})`;
  return new UsageError(`${file} ${what}${reason}. ${next}, or name another file with --db.`);
};

const inUse = { what: 'is in use by another server or program', next: 'Stop that one' };
const readOnly = { what: 'cannot be opened for writing', next: 'Allow that' };
const damaged = { what: 'is damaged', next: 'Replace it with a copy' };
const diskFull = { what: 'is on a disk that is full or fails', next: 'Free some space there' };

const causes: Readonly<Record<string, { readonly what: string; readonly next: string }>> = {
  SQLITE_BUSY: inUse,
  SQLITE_LOCKED: inUse,
  SQLITE_CORRUPT: damaged,
  // A table or column is missing.
  SQLITE_ERROR: damaged,
  SQLITE_NOTADB: { what: 'is not a database', next: 'Move it away' },
  SQLITE_CANTOPEN: readOnly,
  SQLITE_PERM: readOnly,
  SQLITE_READONLY: readOnly,
  SQLITE_FULL: diskFull,
  SQLITE_IOERR: diskFull,
};

/** For these the driver's message adds nothing. */
const selfExplanatory: ReadonlySet<string> = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_NOTADB',
]);

/** "SQLITE_FULL: database or disk is full" without the code. */
const reasonOf = (error: unknown): string =>
  String(error)
    .replace(/^(Error: )?(SQLITE_\w+: )?/, '')
    .replace(/\s+/g, ' ');
