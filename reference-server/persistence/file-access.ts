import { chmodSync, closeSync, constants, openSync, readSync, statSync, unlinkSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../runtime/errors.ts';
import { type Identity, requireOwnDatabase } from './schema.ts';

/** A file that may be opened as a database of this server. */
export interface HeldFile {
  /** The descriptor of the open file. */
  readonly descriptor: number;
  /** Closes the file. */
  readonly release: () => void;
  /** Deletes the file if it was created here. */
  readonly discard: () => void;
}

/**
 * Makes sure that a file is a database of this server before SQLite opens it: SQLite would repair
 * any file. A missing file is created, and other users lose access to the file: it contains the
 * secrets that sign webhooks.
 *
 * The caller must not release the file while this process has a lock on it: by POSIX, closing a
 * file releases all locks that the process has on it.
 *
 * @param notify - prints a line about a file that other users could read
 * @throws UsageError; the file is unchanged
 */
export const holdFile = async (file: string, notify: (line: string) => void): Promise<HeldFile> => {
  await requireUsableFolder(file);
  const size = await sizeOf(file);
  if (size === undefined) return createFile(file);
  const descriptor = openForWriting(file, 'r+');
  const release = (): void => {
    closeSync(descriptor);
  };
  try {
    if (size > 0) requireOwnDatabase(file, readIdentity(file, descriptor));
    restrictToOwner(file, notify);
    return { descriptor, release, discard: () => undefined };
  } catch (error) {
    release();
    throw error;
  }
};

/** Creates a file again after it was deleted. */
export const recreateFile = async (file: string): Promise<HeldFile> => {
  await requireUsableFolder(file);
  return createFile(file);
};

const createFile = (file: string): HeldFile => {
  const descriptor = openForWriting(file, 'wx+');
  return {
    descriptor,
    release: () => {
      closeSync(descriptor);
    },
    discard: () => {
      unlinkSync(file);
    },
  };
};

/** Access for the owner only. SQLite gives the same mode to the files it adds. */
const ownersOnly = 0o600;
const others = 0o077;

const restrictToOwner = (file: string, notify: (line: string) => void): void => {
  // Windows has no file modes.
  if (process.getuid === undefined) return;
  for (const path of ['', '-wal', '-shm', '-journal'].map((suffix) => file + suffix)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found || (found.mode & others) === 0) continue;
    const mode = (found.mode & 0o777).toString(8);
    const holds = 'it contains the secrets of webhook endpoints';
    try {
      chmodSync(path, found.mode & ownersOnly);
      notify(
        `${path} was open to other users (mode ${mode}); ${holds}. Now only its owner has access.`,
      );
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      notify(
        `${path} is open to other users (mode ${mode}, which can't be changed here: ${code}); ` +
          `${holds}. Its owner can run: chmod 600 ${path}`,
      );
    }
  }
};

/** Opened for writing too, to check that the file allows it. */
const openForWriting = (file: string, flags: 'r+' | 'wx+'): number => {
  try {
    return openSync(file, flags, ownersOnly);
  } catch (error) {
    throw unusable(file, error);
  }
};

/** Undefined if there is no such file. */
const sizeOf = async (file: string): Promise<number | undefined> => {
  const found = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw unusable(file, error);
  });
  if (found && !found.isFile()) {
    const kind = found.isDirectory() ? 'a folder' : 'not a regular file';
    throw new UsageError(`${file} is ${kind}. Name a file with --db.`);
  }
  return found?.size;
};

/** Checks the folder of the file. */
const requireUsableFolder = async (file: string): Promise<void> => {
  const folder = dirname(file);
  await access(folder, constants.R_OK | constants.W_OK).catch((error: unknown) => {
    if (isMissing(error)) {
      throw new UsageError(
        `${file} can't be created: there is no folder ${folder}. Create it, or name another file with --db.`,
      );
    }
    throw unusable(file, error, folder);
  });
};

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const unusable = (file: string, error: unknown, path = file): UsageError => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EACCES: `no permission to read and write ${path}`,
    EPERM: `no permission to read and write ${path}`,
    EROFS: `${path} is read-only`,
    ENOTDIR: 'a folder in its path is a file',
    ELOOP: 'its symbolic links form a loop',
    ENAMETOOLONG: 'the name is too long',
  };
  const reason = reasons[code] ?? message;
  return new UsageError(`${file} can't be used: ${reason}. Name another file with --db.`);
};

// The header of every SQLite file, by its file format.
const headSize = 100;
const magic = Buffer.from('SQLite format 3\0', 'latin1');
const schemaNumberAt = 60;
const applicationIdAt = 68;

const readIdentity = (file: string, descriptor: number): Identity => {
  const head = Buffer.alloc(headSize);
  const read = readSync(descriptor, head, 0, headSize, 0);
  if (read < headSize || !head.subarray(0, magic.length).equals(magic)) {
    throw new UsageError(
      `${file} is not a database. It was left unchanged; name another file with --db.`,
    );
  }
  return {
    applicationId: head.readInt32BE(applicationIdAt),
    schemaNumber: head.readInt32BE(schemaNumberAt),
  };
};
