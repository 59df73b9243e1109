import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';

/**
 * Checks that a file can be written, without creating or changing it. Folders that are missing are
 * made.
 *
 * @throws an error of the file system when it can't
 */
export const requireWritable = (file: string): void => {
  const place = placeOf(file);
  if (place.special) return;
  // Rights alone don't say whether a file can be made there.
  rmSync(place.temporary, { force: true });
  closeSync(openSync(place.temporary, 'wx'));
  rmSync(place.temporary);
};

/**
 * Writes a file whole or not at all: its readers see the old text until the new one is complete.
 *
 * @throws an error of the file system; the file is unchanged then
 */
export const writeWhole = (file: string, text: string): void => {
  const { path, temporary, mode, special } = placeOf(file);
  if (special) {
    writeFileSync(path, text);
    return;
  }
  try {
    // One may be left of a process with the same number that was killed.
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
};

/** Where a file is written. */
interface Place {
  /** The file itself, not a link to it. */
  readonly path: string;
  /** Beside it, so that it can be renamed. */
  readonly temporary: string;
  /** The rights of the file, kept when it is replaced; undefined for a new one. */
  readonly mode: number | undefined;
  /** Whether it is a pipe or a device, which can't be replaced. */
  readonly special: boolean;
}

const placeOf = (file: string): Place => {
  if (file === '') throw new Error('it has no name');
  const given = resolve(file);
  const found = statSync(given, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new Error('it is a folder');
  if (found) accessSync(given, constants.W_OK);
  else mkdirSync(dirname(given), { recursive: true });
  const path = found ? realpathSync(given) : given;
  return {
    path,
    temporary: join(dirname(path), `.${basename(path)}.${String(process.pid)}.tmp`),
    mode: found && found.mode & 0o777,
    special: found !== undefined && !found.isFile(),
  };
};
