import { expect, it, vi } from 'vitest';
import type { Connection } from '../persistence/driver.ts';
import { keepChanges } from '../persistence/keep.ts';
import { notKept } from '../persistence/complaints.ts';

it('A write says why it failed, also when SQLite has rolled back by itself', async () => {
  const asked: string[] = [];
  const fail = (reason: string) => Promise.reject(new Error(`SQLITE_FULL: ${reason}`));
  const connection: Connection = {
    exec: (sql) => {
      asked.push(sql);
      return fail(`no ${sql.split('\n').at(-1) ?? ''}`);
    },
    all: () => Promise.resolve([]),
    run: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const error: unknown = await keepChanges(connection, []).catch((reason: unknown) => reason);
  expect(asked).toEqual(['BEGIN IMMEDIATE;\nCOMMIT', 'ROLLBACK']);
  expect(notKept('x.db', error).message).toMatch(/^x\.db took no more \(no COMMIT\)\. Requests/);
});

it('The driver is asked for by name when it is missing', async () => {
  vi.doMock('sqlite3', () => {
    throw new Error('not here');
  });
  const { connect } = await import('../persistence/driver.ts');
  await expect(connect('x.db')).rejects.toThrow(/^--db needs the package sqlite3, which can't/);
  vi.doUnmock('sqlite3');
});
