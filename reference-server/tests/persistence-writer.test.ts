import { describe, expect, it, vi } from 'vitest';
import type { DatabaseConnection } from '../persistence/driver.ts';
import { explainNotSaved } from '../persistence/errors.ts';
import { createWriteQueue } from '../persistence/write-queue.ts';
import { writeChanges } from '../persistence/write-rows.ts';
import { createState } from '../state/state.ts';
import { type Change, NotSaved } from '../state/transaction.ts';
import { addOrganization } from './persistence-installation.ts';

/** A state with a writer that the test controls. */
const createDispatcherSetup = () => {
  const batches: string[][] = [];
  const ends: { kept: () => void; failed: () => void }[] = [];
  const keep = (changes: readonly Change[]) =>
    new Promise<void>((resolve, reject) => {
      batches.push(
        changes.map(({ before, after }) => `${after ? '+' : '-'}${(after ?? before)?.id ?? ''}`),
      );
      ends.push({
        kept: resolve,
        failed: () => {
          reject(new Error('full'));
        },
      });
    });
  const writer = createWriteQueue(keep, (error) => new NotSaved(`Not kept: ${String(error)}`));
  const state = createState();
  const put = (id: string): Promise<void> => {
    const { changes, undo } = state.transact(() => addOrganization(state, id));
    return writer.write(changes, undo);
  };
  const take = (id: string): Promise<void> => {
    const { changes, undo } = state.transact(() => {
      state.organizations.remove(id);
    });
    return writer.write(changes, undo);
  };
  const read = (): Promise<void> => writer.write([], () => undefined);
  const ids = () => [...state.organizations.rows].map(({ id }) => id);
  return { batches, ends, writer, put, take, read, ids };
};

/** The results of promises after all pending work. */
const standing = async (promises: readonly Promise<unknown>[]): Promise<string[]> => {
  const pending = new Promise((resolve) => setImmediate(resolve, 'pending'));
  const of = (promise: Promise<unknown>) =>
    Promise.race([promise.then(() => 'kept'), pending]).catch((error: unknown) =>
      error instanceof NotSaved ? error.message : 'broken',
    );
  return (await Promise.all(promises.map(of))) as string[];
};

describe('The writer', () => {
  it('writes one batch at a time, with all pending changes in order', async () => {
    const { batches, ends, put, take } = createDispatcherSetup();
    const writes = [put('a'), put('b'), take('a'), put('c')];
    expect(batches).toEqual([['+a']]);
    expect(await standing(writes)).toEqual(['pending', 'pending', 'pending', 'pending']);
    ends[0]?.kept();
    expect(await standing(writes)).toEqual(['kept', 'pending', 'pending', 'pending']);
    expect(batches).toEqual([['+a'], ['+b', '-a', '+c']]);
    ends[1]?.kept();
    expect(await standing(writes)).toEqual(['kept', 'kept', 'kept', 'kept']);
  });

  it('lets a read pass at once when nothing is pending, otherwise when that is stored', async () => {
    const { batches, ends, put, read } = createDispatcherSetup();
    expect(await standing([read()])).toEqual(['kept']);
    const write = put('a');
    const reading = read();
    expect(await standing([write, reading])).toEqual(['pending', 'pending']);
    ends[0]?.kept();
    expect(await standing([write, reading, read()])).toEqual(['kept', 'kept', 'kept']);
    expect(batches).toEqual([['+a']]);
  });

  it('undoes all that is not stored when a batch fails, the last first, and rejects every request', async () => {
    const { batches, ends, put, take, read, ids } = createDispatcherSetup();
    const kept = put('a');
    ends[0]?.kept();
    await kept;
    const lost = [put('b'), take('b'), put('b'), take('a'), read(), put('c')];
    expect(ids()).toEqual(['b', 'c']);
    ends[1]?.failed();
    expect(await standing(lost)).toEqual(lost.map(() => 'Not kept: Error: full'));
    expect(ids()).toEqual(['a']);
    expect(batches).toEqual([['+a'], ['+b']]);
  });

  it('undoes changes between the failure and its detection', async () => {
    const { ends, put, ids } = createDispatcherSetup();
    const lost = [put('a')];
    ends[0]?.failed();
    lost.push(put('b'));
    expect(await standing(lost)).toEqual(lost.map(() => 'Not kept: Error: full'));
    expect(ids()).toEqual([]);
  });

  it('continues after a failure', async () => {
    const { ends, put, ids } = createDispatcherSetup();
    const lost = put('a');
    ends[0]?.failed();
    await expect(lost).rejects.toThrow(NotSaved);
    const next = put('b');
    ends[1]?.kept();
    await next;
    expect(ids()).toEqual(['b']);
  });

  it('accepts changes made in reaction to a success or failure', async () => {
    const { batches, ends, put, ids } = createDispatcherSetup();
    const second = put('a').then(() => put('b'));
    ends[0]?.kept();
    await standing([second]);
    ends[1]?.failed();
    const third = second.catch(() => put('c'));
    await standing([third]);
    ends[2]?.kept();
    await third;
    expect(batches).toEqual([['+a'], ['+b'], ['+c']]);
    expect(ids()).toEqual(['a', 'c']);
  });

  it('closes when everything is stored or lost, and accepts nothing after', async () => {
    const { ends, writer, put, read, ids } = createDispatcherSetup();
    const writes = [put('a'), put('b')];
    const closed = writer.close();
    const late = put('late');
    ends[0]?.kept();
    expect(await standing([...writes, late, closed])).toEqual([
      ...['kept', 'pending', 'The server is stopping. Nothing was changed.', 'pending'],
    ]);
    ends[1]?.kept();
    expect(await standing([...writes, closed])).toEqual(['kept', 'kept', 'kept']);
    expect(await standing([read()])).toEqual(['kept']);
    expect(ids()).toEqual(['a', 'b']);
  });
});

it('A write gives the reason why it failed, even after an automatic rollback of SQLite', async () => {
  const asked: string[] = [];
  const fail = (reason: string) => Promise.reject(new Error(`SQLITE_FULL: ${reason}`));
  const connection: DatabaseConnection = {
    exec: (sql) => {
      asked.push(sql);
      return fail(`no ${sql.split('\n').at(-1) ?? ''}`);
    },
    all: () => Promise.resolve([]),
    run: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const error: unknown = await writeChanges(connection, []).catch((reason: unknown) => reason);
  expect(asked).toEqual(['BEGIN IMMEDIATE;\nCOMMIT', 'ROLLBACK']);
  expect(explainNotSaved('x.db', error).message).toMatch(
    /^x\.db could not be written \(no COMMIT\)\. Requests/,
  );
});

it('A missing driver is named', async () => {
  vi.doMock('sqlite3', () => {
    throw new Error('not here');
  });
  const { connect } = await import('../persistence/driver.ts');
  await expect(connect('x.db')).rejects.toThrow(/^--db needs the package sqlite3, which can't/);
  vi.doUnmock('sqlite3');
});
