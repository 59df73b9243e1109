import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder of a test's own; gives the path of a file in it. */
export const useFolder = (): ((name: string) => string) => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'leadgrid-db-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  return (name) => join(folder, name);
};

/**
 * What a file and those that SQLite puts beside it are, byte for byte. Not for a file that this
 * process has open: looking would cost it its lock.
 */
export const fingerprint = (file: string): Record<string, string> => {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.startsWith(basename(file)));
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(names.sort().map((name) => [name, hash(name)]));
};
