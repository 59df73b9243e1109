import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openDatabase } from '../../../reference-server/persistence/database-store.ts';
import { createState } from '../../../reference-server/state/state.ts';
import { digest } from './picture.ts';
import type { CvDigests } from './read-picture.ts';

/** Reads the CVs of all organisations from a copy, so that the file stays as the crash left it. */
export const readCvs = async (file: string): Promise<ReadonlyMap<string, CvDigests>> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-copy-'));
  try {
    for (const name of await readdir(dirname(file))) {
      if (name.startsWith(basename(file))) {
        await cp(join(dirname(file), name), join(folder, name));
      }
    }
    const state = createState();
    const store = await openDatabase(join(folder, basename(file)), state);
    await store.close();
    return new Map(
      [...state.organizations.rows].map(({ id, cvs }) => [
        id,
        new Map([...cvs.rows].map((cv) => [cv.id, digest(cv.bytes)])),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
};
