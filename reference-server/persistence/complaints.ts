import { UsageError } from '../config.ts';
import { NotKept } from '../state/store.ts';
import { codeOf } from './driver.ts';
import { Damage } from './rows.ts';

/** Says why changes weren't kept. */
export const notKept = (file: string, error: unknown): NotKept =>
  new NotKept(
    `${file} took no more (${reasonOf(error)}), so nothing was changed. ` +
      'Make room on its disk if it is full; requests can be sent again.',
  );

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
