import { closeSync, constants, openSync, readSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../config.ts';
import { requireOurs, type Identity } from './identity.ts';

/** Lets go of a file that was looked at. */
export type Release = () => void;

/**
 * Makes sure that a file may be opened as a database of ours, or created, before SQLite sees it:
 * SQLite would repair what it finds.
 *
 * The caller must not release the file while this process has a lock on it: in POSIX, whoever
 * closes a file loses all locks that the process has on it, by whatever other way.
 *
 * @throws UsageError; the file is as it was
 */
export const lookAt = async (file: string): Promise<Release> => {
  await requireUsableFolder(file);
  const size = await sizeOf(file);
  if (size === undefined) return () => undefined;
  const descriptor = openToUse(file);
  const release = (): void => {
    closeSync(descriptor);
  };
  try {
    if (size > 0) requireOurs(file, readIdentity(file, descriptor));
    return release;
  } catch (error) {
    release();
    throw error;
  }
};

/** For writing as well, which isn't done here: it is what the file has to allow. */
const openToUse = (file: string): number => {
  try {
    return openSync(file, 'r+');
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
