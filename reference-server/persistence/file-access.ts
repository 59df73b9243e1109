import { chmodSync, closeSync, constants, openSync, readSync, statSync, unlinkSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../runtime/errors.ts';
import { type Identity, requireOurs } from './schema.ts';

/** A file that may be opened as a database of ours. */
export interface HeldFile {
  /** It, open. */
  readonly descriptor: number;
  /** Lets go of it. */
  readonly release: () => void;
  /** Takes it away again if there was none before. */
  readonly discard: () => void;
}

/**
 * Makes sure that a file may be opened as a database of ours before SQLite sees it: SQLite would
 * repair what it finds. A file that isn't there is created, and none is left that others can read:
 * it has the secrets that webhooks are signed with.
 *
 * The caller must not release the file while this process has a lock on it: in POSIX, whoever
 * closes a file loses all locks that the process has on it, by whatever other way.
 *
 * @param say - takes a line about a file that others could read
 * @throws UsageError; the file is as it was
 */
export const holdFile = async (file: string, say: (line: string) => void): Promise<HeldFile> => {
  await requireUsableFolder(file);
  const size = await sizeOf(file);
  if (size === undefined) return createFile(file);
  const descriptor = openToUse(file, 'r+');
  const release = (): void => {
    closeSync(descriptor);
  };
  try {
    if (size > 0) requireOurs(file, readIdentity(file, descriptor));
    keepFromOthers(file, say);
    return { descriptor, release, discard: () => undefined };
  } catch (error) {
    release();
    throw error;
  }
};

/** Creates a file where there was one. */
export const recreateFile = async (file: string): Promise<HeldFile> => {
  await requireUsableFolder(file);
  return createFile(file);
};

const createFile = (file: string): HeldFile => {
  const descriptor = openToUse(file, 'wx+');
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

/** What only the owner may read and write. SQLite gives it to what it puts beside a file, too. */
const ownersOnly = 0o600;
const others = 0o077;

const keepFromOthers = (file: string, say: (line: string) => void): void => {
  // Windows has no such modes.
  if (process.getuid === undefined) return;
  for (const path of ['', '-wal', '-shm', '-journal'].map((end) => file + end)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found || (found.mode & others) === 0) continue;
    const mode = (found.mode & 0o777).toString(8);
    const holds = 'it has the secrets of webhook endpoints';
    try {
      chmodSync(path, found.mode & ownersOnly);
      say(`${path} was open to other users (mode ${mode}); ${holds}. Now it is its owner's alone.`);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      say(
        `${path} is open to other users (mode ${mode}, which can't be changed here: ${code}); ` +
          `${holds}. Let its owner say: chmod 600 ${path}`,
      );
    }
  }
};

/** For writing as well, which isn't done here: it is what the file has to allow. */
const openToUse = (file: string, flags: 'r+' | 'wx+'): number => {
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
    const kind = found.isDirectory() ? 'a folder' : 'no ordinary file';
    throw new UsageError(`${file} is ${kind}. Name a file with --db.`);
  }
  return found?.size;
};

/** The folder that the file is or will be in. */
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
    EACCES: `${path} may not be read and written`,
    EPERM: `${path} may not be read and written`,
    EROFS: `${path} may only be read`,
    ENOTDIR: 'a folder in its path is a file',
    ELOOP: 'its links lead in a circle',
    ENAMETOOLONG: 'the name is too long',
  };
  const reason = reasons[code] ?? message;
  return new UsageError(`${file} can't be used: ${reason}. Name another file with --db.`);
};

// The head of every SQLite file, see the description of its format.
const headSize = 100;
const magic = Buffer.from('SQLite format 3\0', 'latin1');
const schemaNumberAt = 60;
const applicationIdAt = 68;

const readIdentity = (file: string, descriptor: number): Identity => {
  const head = Buffer.alloc(headSize);
  const read = readSync(descriptor, head, 0, headSize, 0);
  if (read < headSize || !head.subarray(0, magic.length).equals(magic)) {
    throw new UsageError(
      `${file} is not a database. It was left as it is; name another file with --db.`,
    );
  }
  return {
    applicationId: head.readInt32BE(applicationIdAt),
    schemaNumber: head.readInt32BE(schemaNumberAt),
  };
};
