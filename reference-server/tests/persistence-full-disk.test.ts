import { describe, expect, it } from 'vitest';
import { type Connect, connect, type DatabaseConnection } from '../persistence/driver.ts';
import { NotSaved } from '../state/transaction.ts';
import { snapshotState } from './database.ts';
import { useFolder } from './persistence-files.ts';
import { addOrganization, open, snapshotOfFile } from './persistence-installation.ts';
import { note } from './persistence-rows.ts';

const path = useFolder();

/** Opens a file whose size the test can limit; then SQLite reports a full disk. */
const openLimited = async (file: string) => {
  const connections: DatabaseConnection[] = [];
  const watched: Connect = async (name) => {
    const connection = await connect(name);
    connections.push(connection);
    return connection;
  };
  const installation = await open(file, watched);
  const limit = async (pages: string): Promise<void> => {
    for (const { exec } of connections) await exec(`PRAGMA max_page_count = ${pages}`);
  };
  return {
    ...installation,
    // SQLite uses the current number of pages if the limit is smaller.
    fillUp: () => limit('1'),
    makeRoom: () => limit('1000000'),
  };
};

const refused = 'Requests that change data get a 500, and nothing is changed.';

/** More than fits in the rest of a page. */
const big = 'x'.repeat(10_000);

describe('When the disk is full, a server', () => {
  it('undoes what it could not store, keeps running, and stores later writes when there is space', async () => {
    const file = path('full.db');
    const { state, store, commit, fillUp, makeRoom, said } = await openLimited(file);
    await commit(() => addOrganization(state, 'o'));
    const notes = () => state.organizations.get('o')?.notes;
    const put = (id: string, text: string) => commit(() => notes()?.insert(note(id, text)));
    await put('kept', big);
    const kept = snapshotState(state);

    for (const round of [1, 2, 3]) {
      await fillUp();
      const writes = [1, 2, 3, 4].map((number) => put(`${round}-${number}`, big));
      const reading = store.write([], () => undefined);
      for (const one of [...writes, reading]) {
        await expect(one).rejects.toEqual(
          new NotSaved(
            `${file} could not be written (database or disk is full). ${refused} ` +
              'If its disk is full, free some space; the server recovers by itself.',
          ),
        );
      }
      expect(snapshotState(state)).toEqual(kept);
      await store.write([], () => undefined);
    }
    // Logged once, however many writes were refused.
    expect(said).toEqual([expect.stringContaining('could not be written')]);

    await put('small', 'fits');
    expect(said.slice(1)).toEqual([`${file} can be written again.`]);
    await makeRoom();
    await Promise.all(['again', 'and again'].map((id) => put(id, big)));
    await store.close();
    expect([...(notes()?.rows ?? [])].map(({ id }) => id)).toEqual([
      ...['kept', 'small', 'again', 'and again'],
    ]);
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('loses no stored data when it stops before there is space', async () => {
    const file = path('full.db');
    const { state, store, commit, fillUp } = await openLimited(file);
    await commit(() => addOrganization(state, 'o'));
    await fillUp();
    await expect(commit(() => addOrganization(state, 'p', { name: big }))).rejects.toThrow(
      NotSaved,
    );
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });
});

describe('When a write fails, a server', () => {
  it('rolls back a transaction that SQLite has left open', async () => {
    const file = path('open.db');
    let failing = false;
    const { state, store, commit } = await open(file, async (name) => {
      const connection = await connect(name);
      const exec: DatabaseConnection['exec'] = async (sql) => {
        if (!failing || sql === 'ROLLBACK') return connection.exec(sql);
        await connection.exec(sql.replace('COMMIT', ''));
        throw Object.assign(new Error('SQLITE_IOERR: it smokes'), { code: 'SQLITE_IOERR' });
      };
      return { ...connection, exec };
    });
    failing = true;
    await expect(commit(() => addOrganization(state, 'lost'))).rejects.toThrow('(it smokes)');
    failing = false;
    await commit(() => addOrganization(state, 'kept'));
    await store.close();
    expect(await snapshotOfFile(file)).toMatchObject({ organizations: [{ id: 'kept' }] });
  });

  it('refuses a change of an unknown table', async () => {
    const { store } = await open(path('unknown.db'));
    const change = { table: 'pets', order: 1, after: { id: 'a' } };
    let undone = 0;
    await expect(store.write([change], () => undone++)).rejects.toThrow('table pets is not stored');
    expect(undone).toBe(1);
    await store.close();
  });
});
