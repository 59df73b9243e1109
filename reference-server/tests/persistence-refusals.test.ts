import {
  chmodSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../persistence/database.ts';
import { connect } from '../persistence/driver.ts';
import { applicationId, schemaNumber } from '../persistence/schema.ts';
import { UsageError } from '../runtime/errors.ts';
import { createState } from '../state/state.ts';
import { snapshotState } from './database.ts';
import { fingerprint, useFolder } from './persistence-files.ts';
import { addOrganization, open, snapshotOfFile } from './persistence-installation.ts';
import { dossier, note } from './persistence-rows.ts';

const path = useFolder();

/** Executes statements on a file that is not open. */
const execute = async (file: string, sql: string): Promise<void> => {
  const connection = await connect(file);
  await connection.exec(sql);
  await connection.close();
};

/** A database file with data. */
const createOwnFile = async (name = 'ours.db'): Promise<string> => {
  const file = path(name);
  const { state, store, commit } = await open(file);
  await commit(() => {
    const { notes, dossiers } = addOrganization(state, 'o');
    for (let number = 0; number < 100; number++) {
      dossiers.insert(dossier(`d${number}`, 'a dossier '.repeat(20)));
      notes.insert(note(`n${number}`, 'a note '.repeat(20)));
    }
  });
  await store.close();
  return file;
};

/** Expects that opening a file fails with a message of one line. */
const refusal = async (file: string): Promise<string> => {
  const state = createState();
  const error: unknown = await openDatabase(file, state).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  expect(snapshotState(state)).toEqual({ keys: [], organizations: [] });
  const { message } = error as UsageError;
  expect(message).not.toContain('\n');
  return message;
};

/** The same for an existing file, which must be unchanged. */
const refusalOfUnchanged = async (file: string): Promise<string> => {
  const before = fingerprint(file);
  const message = await refusal(file);
  expect(fingerprint(file)).toEqual(before);
  return message;
};

/** Runs a function without root's rights. */
const unprivileged = async <T>(work: () => Promise<T>): Promise<T> => {
  const own = process.geteuid?.();
  if (own === 0) process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    if (own === 0) process.seteuid?.(own);
  }
};

const elsewhere = 'ame another file with --db.';

describe('A file is refused, and left unchanged,', () => {
  it('if it is not a database', async () => {
    const text = 'Dear diary, this is not SQLite format 3.\n';
    const contents = [text, 'x', '\0'.repeat(8192), text.repeat(1000), 'SQLite format 3\0'];
    for (const [number, content] of contents.entries()) {
      const file = path(`diary-${number}.txt`);
      writeFileSync(file, content);
      expect(await refusalOfUnchanged(file)).toBe(
        `${file} is not a database. It was left unchanged; n${elsewhere}`,
      );
    }
  });

  it('if it is the database of another program', async () => {
    const sentence = (file: string) =>
      `${file} is a database of another program. It was left unchanged; n${elsewhere}`;
    const plain = path('plain.db');
    await execute(plain, 'CREATE TABLE dossiers (id); INSERT INTO dossiers VALUES (1)');
    expect(await refusalOfUnchanged(plain)).toBe(sentence(plain));
    const named = path('named.db');
    await execute(named, 'PRAGMA application_id = 7; CREATE TABLE t (id)');
    expect(await refusalOfUnchanged(named)).toBe(sentence(named));
    const logged = path('logged.db');
    await execute(logged, 'PRAGMA journal_mode = WAL; CREATE TABLE t (id)');
    expect(await refusalOfUnchanged(logged)).toBe(sentence(logged));
  });

  it('if it is the database of another program that has crashed', async () => {
    const running = path('running.db');
    const connection = await connect(running);
    await connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL');
    await connection.exec('CREATE TABLE t (id); PRAGMA wal_checkpoint; INSERT INTO t VALUES (1)');
    const crashed = path('crashed.db');
    for (const end of ['', '-wal']) writeFileSync(crashed + end, readFileSync(running + end));
    await connection.close();
    expect(await refusalOfUnchanged(crashed)).toContain('is a database of another program.');
  });

  it('if it has a newer schema', async () => {
    const file = await createOwnFile();
    await execute(file, `PRAGMA user_version = ${schemaNumber + 1}`);
    expect(await refusalOfUnchanged(file)).toBe(
      `${file} was written by a newer version (schema ${schemaNumber + 1}; this one supports ` +
        `${schemaNumber}). It was left unchanged; update this server, or n${elsewhere}`,
    );
  });

  it('if it is damaged, truncated or incomplete', async () => {
    const damaged = await createOwnFile('damaged.db');
    const bytes = readFileSync(damaged);
    // All pages but the first, which identifies the file.
    writeFileSync(damaged, bytes.fill(0x5a, 4096));
    expect(await refusalOfUnchanged(damaged)).toMatch(
      /damaged\.db is damaged \(.+\)\. Replace it with/,
    );
    const cut = await createOwnFile('cut.db');
    truncateSync(cut, 8192);
    expect(await refusalOfUnchanged(cut)).toContain('is damaged');
    const started = path('started.db');
    await execute(started, `PRAGMA application_id = ${applicationId}; VACUUM`);
    expect(await refusalOfUnchanged(started)).toContain('is damaged');
    const bare = path('bare.db');
    await execute(
      bare,
      `CREATE TABLE t (id); PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`,
    );
    expect(await refusalOfUnchanged(bare)).toContain('is damaged (no such table: organizations)');
  });

  const broken: Readonly<Record<string, [string, RegExp]>> = {
    'is not JSON': [
      `UPDATE notes SET row = '{' WHERE row ->> 'id' = 'n7'`,
      /row \d+ of notes is not JSON/,
    ],
    'is not an object': [
      `UPDATE notes SET row = '7' WHERE row ->> 'id' = 'n7'`,
      /row \d+ of notes has no id/,
    ],
    'has the id of another': [
      `UPDATE notes SET row = '{"id":"n8"}' WHERE row ->> 'id' = 'n7'`,
      /notes has n8 already/,
    ],
    'has no id': [
      `UPDATE notes SET row = '{}' WHERE row ->> 'id' = 'n7'`,
      /row \d+ of notes has no id/,
    ],
    'lacks an indexed field': [
      `INSERT INTO contacts (organization_id, row) VALUES ('o', '{"id":"c"}')`,
      /TypeError: /,
    ],
    'belongs to no organisation': [
      `UPDATE notes SET organization_id = 'p' WHERE row ->> 'id' = 'n7'`,
      /row \d+ of notes belongs to nobody/,
    ],
    'is an API key of no organisation': [
      `INSERT INTO keys (organization_id, row) VALUES ('p', '{"id":"k"}')`,
      /row \d+ of keys belongs to nobody/,
    ],
  };
  for (const [what, [sql, reason]] of Object.entries(broken)) {
    it(`if one of its rows ${what}`, async () => {
      const file = await createOwnFile();
      await execute(file, sql);
      const message = await refusalOfUnchanged(file);
      expect(message).toContain(`${file} is damaged (`);
      expect(message).toMatch(reason);
      expect(message).toMatch(/\)\. Replace it with a copy, or name another file with --db\.$/);
    });
  }

  it('if it is a folder, or if its folder is missing or a file', async () => {
    mkdirSync(path('folder'));
    expect(await refusal(path('folder'))).toBe(
      `${path('folder')} is a folder. N${elsewhere.replace('another', 'a')}`,
    );
    const missing = path('missing/new.db');
    expect(await refusal(missing)).toBe(
      `${missing} can't be created: there is no folder ${path('missing')}. Create it, or n${elsewhere}`,
    );
    writeFileSync(path('file'), '');
    expect(await refusal(path('file/new.db'))).toMatch(
      /can't be used: a folder in its path is a file/,
    );
    symlinkSync(path('circle'), path('circle'));
    expect(await refusal(path('circle'))).toMatch(/can't be used: its symbolic links form a loop/);
    expect(await refusal(path('file/folder/new.db'))).toMatch(
      /can't be used: a folder in its path is a file/,
    );
    expect(await refusal(path('nul\0.db'))).toMatch(/can't be used: .*null bytes/);
    expect(await refusal(path('x'.repeat(300)))).toMatch(/can't be used: the name is too long/);
    expect(await refusal('/dev/null')).toBe(
      `/dev/null is not a regular file. N${elsewhere.replace('another', 'a')}`,
    );
  });

  it('if it is not writable', async () => {
    const file = await createOwnFile();
    chmodSync(file, 0o444);
    chmodSync(path('.'), 0o777);
    const before = fingerprint(file);
    const said = await unprivileged(() => refusal(file));
    expect(said).toBe(
      `${file} can't be used: no permission to read and write ${file}. N${elsewhere}`,
    );
    expect(fingerprint(file)).toEqual(before);
  });

  it('if it is in use in this process', async () => {
    const file = await createOwnFile();
    const { store, state, commit } = await open(file);
    expect(await refusal(file)).toBe(inUse(file));
    await commit(() => addOrganization(state, 'p'));
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('if another program reads or writes it', async () => {
    const file = await createOwnFile();
    for (const sql of ['BEGIN; SELECT count(*) FROM notes', 'BEGIN IMMEDIATE']) {
      const other = await connect(file);
      await other.exec(sql);
      expect(await refusal(file)).toBe(inUse(file));
      await other.exec('ROLLBACK');
      await other.close();
    }
    expect(await snapshotOfFile(file)).toMatchObject({ organizations: [{ id: 'o' }] });
  });
});

const inUse = (file: string): string =>
  `${file} is in use by another server or program. Stop that one, or n${elsewhere}`;
