import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../config.ts';
import { openDatabase } from '../persistence/database-store.ts';
import { createState } from '../state/state.ts';
import { photograph } from './database.ts';
import { useFolder } from './persistence-files.ts';
import { addOrganization, open, pictureOfFile } from './persistence-pictures.ts';

const path = useFolder();

describe('What the driver says is told to people:', () => {
  const sentences: Readonly<Record<string, string>> = {
    SQLITE_CANTOPEN: 'cannot be opened for writing (the reason). Allow that',
    SQLITE_READONLY: 'cannot be opened for writing (the reason). Allow that',
    SQLITE_FULL: 'is on a disk that is full or fails (the reason). Make room there',
    SQLITE_IOERR: 'is on a disk that is full or fails (the reason). Make room there',
    SQLITE_NOTADB: 'is not a database. Move it away',
    SQLITE_LOCKED: 'is in use by another server or program. Stop that one',
    SQLITE_NOMEM: 'cannot be used (the reason). Mend that',
  };
  for (const [code, sentence] of Object.entries(sentences)) {
    it(`${code} when a file is opened`, async () => {
      const file = path('new.db');
      const error = Object.assign(new Error(`${code}: the\nreason`), { code });
      const failing = openDatabase(file, createState(), () => Promise.reject(error));
      const said = `${file} ${sentence}, or name another file with --db.`;
      await expect(failing).rejects.toEqual(new UsageError(said));
    });
  }

  it('but a fault of our own is not dressed up as one of the file', async () => {
    const fault = new TypeError('x is not a function');
    const failing = openDatabase(path('new.db'), createState(), () => Promise.reject(fault));
    await expect(failing).rejects.toBe(fault);
  });
});

describe('A file is taken', () => {
  it('if it is empty', async () => {
    const file = path('empty.db');
    writeFileSync(file, '');
    expect(await pictureOfFile(file)).toEqual({ keys: [], organizations: [] });
  });

  it('whatever its name means to SQLite', async () => {
    for (const name of [':memory:', 'file:a.db?mode=memory', ' ', 'naïve 👷.db']) {
      const file = path(name);
      const { state, store, commit } = await open(file);
      await commit(() => addOrganization(state, 'o'));
      await store.close();
      expect(existsSync(file)).toBe(true);
      expect(await pictureOfFile(file)).toEqual(photograph(state));
    }
  });
});
