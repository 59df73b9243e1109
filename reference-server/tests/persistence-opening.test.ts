import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../persistence/database.ts';
import { UsageError } from '../runtime/errors.ts';
import { createState } from '../state/state.ts';
import { snapshotState } from './database.ts';
import { useFolder } from './persistence-files.ts';
import { addOrganization, open, snapshotOfFile } from './persistence-installation.ts';

const path = useFolder();

describe('An error of the driver becomes a readable message:', () => {
  const sentences: Readonly<Record<string, string>> = {
    SQLITE_CANTOPEN: 'cannot be opened for writing (the reason). Allow that',
    SQLITE_READONLY: 'cannot be opened for writing (the reason). Allow that',
    SQLITE_FULL: 'is on a disk that is full or fails (the reason). Free some space there',
    SQLITE_IOERR: 'is on a disk that is full or fails (the reason). Free some space there',
    SQLITE_NOTADB: 'is not a database. Move it away',
    SQLITE_LOCKED: 'is in use by another server or program. Stop that one',
    SQLITE_NOMEM: 'cannot be used (the reason). Fix that',
  };
  for (const [code, sentence] of Object.entries(sentences)) {
    it(`${code} when a file is opened`, async () => {
      const file = path('new.db');
      const error = Object.assign(new Error(`${code}: the\nreason`), { code });
      const failing = openDatabase(file, createState(), { connect: () => Promise.reject(error) });
      const said = `${file} ${sentence}, or name another file with --db.`;
      await expect(failing).rejects.toEqual(new UsageError(said));
    });
  }

  it('but an error of the server is not reported as one of the file', async () => {
    const fault = new TypeError('x is not a function');
    const failing = openDatabase(path('new.db'), createState(), {
      connect: () => Promise.reject(fault),
    });
    await expect(failing).rejects.toBe(fault);
  });
});

describe('A file is accepted', () => {
  it('if it is empty', async () => {
    const file = path('empty.db');
    writeFileSync(file, '');
    expect(await snapshotOfFile(file)).toEqual({ keys: [], organizations: [] });
  });

  it('even if its name has a special meaning in SQLite', async () => {
    for (const name of [':memory:', 'file:a.db?mode=memory', ' ', 'naïve 👷.db']) {
      const file = path(name);
      const { state, store, commit } = await open(file);
      await commit(() => addOrganization(state, 'o'));
      await store.close();
      expect(existsSync(file)).toBe(true);
      expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
    }
  });
});

describe('Only the owner can read the data of a server:', () => {
  const modes = (file: string) =>
    ['', '-wal'].map((end) => (statSync(file + end).mode & 0o777).toString(8));

  it('in a new file, and in the files that SQLite adds next to it', async () => {
    const umask = process.umask(0);
    const file = path('new.db');
    const { state, store, commit } = await open(file);
    await commit(() => addOrganization(state, 'o'));
    expect(modes(file)).toEqual(['600', '600']);
    await store.close();
    process.umask(umask);
  });

  it('in a file that others could read before, with a message', async () => {
    const file = path('open.db');
    await (await open(file)).store.close();
    chmodSync(file, 0o664);
    const { state, store, commit, said } = await open(file);
    await commit(() => addOrganization(state, 'o'));
    expect(modes(file)).toEqual(['600', '600']);
    expect(said).toEqual([
      `${file} was open to other users (mode 664); it contains the secrets of webhook endpoints. ` +
        'Now only its owner has access.',
    ]);
    await store.close();
    expect((await open(file)).said).toEqual([]);
  });
});

it('Stored data is on the disk a second later, with one sync for many requests', async () => {
  const file = path('synced.db');
  const state = createState();
  const asked: string[] = [];
  const said: string[] = [];
  const sync = (place: string): Promise<void> => {
    asked.push(place);
    return asked.length === 2 ? Promise.reject(new Error('EIO: it smokes')) : Promise.resolve();
  };
  const store = await openDatabase(file, state, { sync, notify: (line) => void said.push(line) });
  const commit = (id: string): Promise<void> => {
    const { changes, undo } = state.transact(() => addOrganization(state, id));
    return store.write(changes, undo);
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    for (const id of ['a', 'b', 'c']) await commit(id);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([`${file}-wal`]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(1);

    // The content of the disk is unknown then, so everything is written again.
    await commit('d');
    await vi.advanceTimersByTimeAsync(1000);
    expect(said).toEqual([
      `${file} may lose the latest changes if the power fails (EIO: it smokes). Check its disk; ` +
        'the next change writes all data again.',
    ]);
    const before = statSync(`${file}-wal`).size;
    await commit('e');
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(before);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
  await store.close();
  expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
});
