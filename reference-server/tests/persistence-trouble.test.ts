import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect } from '../persistence/driver.ts';
import { NotSaved } from '../state/transaction.ts';
import { snapshotState } from './database.ts';
import { fingerprint, useFolder } from './persistence-files.ts';
import { addOrganization, open, snapshotOfFile } from './persistence-installation.ts';
import { expectRefused, expectWhole, moveAway, refused, run } from './persistence-running.ts';

const path = useFolder();

describe('Under a running server, a database file that', () => {
  it('was deleted is written again, with all data of the server', async () => {
    const running = await run(path('data/ours.db'));
    rmSync(running.file);
    await running.put('after');
    expect(running.said).toEqual([
      `${running.file} was deleted or moved away while the server is running. The server wrote a new ` +
        'file with all its data.',
    ]);
    await expect(open(running.file)).rejects.toThrow('is in use by another server');
    await running.put('later');
    expect(running.ids()).toEqual(['before', 'after', 'later']);
    expect(statSync(running.file).mode & 0o777).toBe(0o600);
    await expectWhole(running);
  });

  it('was deleted with the files next to it is written again, even without another request', async () => {
    const running = await run(path('data/ours.db'));
    for (const end of ['', '-wal']) rmSync(running.file + end);
    await expectWhole(running);
  });

  it('was deleted repeatedly is written again each time', async () => {
    const running = await run(path('data/ours.db'));
    for (const round of [1, 2, 3]) {
      rmSync(running.file);
      await Promise.all([1, 2, 3, 4].map((number) => running.put(`${round}-${number}`)));
    }
    expect(running.ids()).toHaveLength(13);
    await expectWhole(running);
  });

  it('was moved is complete at its new path, and written again at the old one', async () => {
    const running = await run(path('data/ours.db'));
    const before = snapshotState(running.state);
    renameSync(running.file, path('moved.db'));
    await running.put('after');
    expect(await snapshotOfFile(path('moved.db'))).toEqual(before);
    await expectWhole(running);
  });

  it('was deleted is written again as soon as that works', async () => {
    const file = path('data.db');
    const problems: (Error | undefined)[] = [];
    const { state, store, commit, said } = await open(file, async (name) => {
      const problem = problems.shift();
      if (problem) throw problem;
      const connection = await connect(name);
      const exec: typeof connection.exec = async (sql) => {
        const late = sql.endsWith('COMMIT') && problems.shift();
        if (late) throw late;
        await connection.exec(sql);
      };
      return { ...connection, exec };
    });
    await commit(() => addOrganization(state, 'kept'));
    rmSync(file);
    const full = Object.assign(new Error('SQLITE_FULL: no room'), { code: 'SQLITE_FULL' });
    // Opening fails, then creating the tables, then writing.
    problems.push(full, undefined, full, undefined, undefined, full);
    for (const id of ['a', 'b', 'c']) {
      await expect(commit(() => addOrganization(state, id))).rejects.toThrow('no room');
    }
    await commit(() => addOrganization(state, 'also kept'));
    expect(problems).toEqual([]);
    expect(said).toEqual([
      expect.stringContaining('could not be written (no room)'),
      expect.stringContaining('The server wrote a new file'),
      `${file} can be written again.`,
    ]);
    await store.close();
    expect([...state.organizations.rows].map(({ id }) => id)).toEqual(['kept', 'also kept']);
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('lost its folder accepts changes when there is a folder again', async () => {
    const running = await run(path('data/ours.db'));
    rmSync(dirname(running.file), { recursive: true });
    const missing =
      `${running.file} can't be created: there is no folder ${dirname(running.file)}. ` +
      'Create it, or name another file with --db.';
    const said = `${running.file} was deleted while the server is running. ${missing} ${refused}`;
    await expectRefused(running, said);
    mkdirSync(dirname(running.file));
    await running.put('after');
    expect(running.said.at(-1)).toBe(`${running.file} can be written again.`);
    expect(running.ids()).toEqual(['before', 'after']);
    await expectWhole(running);
  });

  it('was moved with its folder accepts changes when it is back', async () => {
    const running = await run(path('data/ours.db'));
    renameSync(dirname(running.file), path('elsewhere'));
    await expect(running.put('no')).rejects.toThrow(NotSaved);
    renameSync(path('elsewhere'), dirname(running.file));
    await running.put('after');
    expect(running.ids()).toEqual(['before', 'after']);
    await expectWhole(running);
  });

  it('is in a folder without access accepts no changes until there is access', async () => {
    const running = await run(path('data/ours.db'));
    chmodSync(path('data'), 0);
    const own = process.geteuid?.();
    if (own === 0) process.seteuid?.('nobody');
    try {
      await expectRefused(
        running,
        `${running.file} can't be read any more while the server is running. ${refused} ` +
          'Give the server access to its folder again.',
      );
    } finally {
      if (own === 0) process.seteuid?.(own);
      chmodSync(path('data'), 0o700);
    }
    await running.put('after');
    await expectWhole(running);
  });

  it('was replaced by another leaves that one alone until it is moved', async () => {
    const running = await run(path('data/ours.db'));
    writeFileSync(path('other'), 'a backup, perhaps');
    renameSync(path('other'), running.file);
    const { file } = running;
    await expectRefused(
      running,
      `${file} was replaced by another file while the server is running. ${refused} ${moveAway}`,
    );
    expect(readFileSync(file, 'utf8')).toBe('a backup, perhaps');
    renameSync(file, path('other'));
    await running.put('after');
    expect(running.ids()).toEqual(['before', 'after']);
    await expectWhole(running);
  });

  it('was replaced by another leaves that one unchanged when the server stops', async () => {
    const running = await run(path('data/ours.db'));
    const other = await run(path('data/other.db'));
    await other.store.close();
    const before = fingerprint(other.file);
    renameSync(other.file, running.file);
    await running.store.close();
    expect(running.said).toEqual([
      `${running.file} is not the file that the server had open, and was left unchanged. The server's data is lost.`,
    ]);
    expect(Object.values(fingerprint(running.file))).toEqual(Object.values(before));
    expect(await snapshotOfFile(running.file)).toEqual(snapshotState(other.state));
  });

  it('lost its -wal file loses no data', async () => {
    const running = await run(path('data/ours.db'));
    rmSync(`${running.file}-wal`);
    await running.put('after');
    expect(running.said).toEqual([
      `${running.file} lost its -wal file while the server is running. No data is lost: the server created a new one.`,
    ]);
    await running.put('later');
    rmSync(`${running.file}-wal`);
    await expectWhole(running);
  });

  it('was made read-only still stores everything, and logs that once', async () => {
    const running = await run(path('data/ours.db'));
    chmodSync(running.file, 0o400);
    for (const id of ['one', 'two']) await running.put(id);
    expect(running.said).toEqual([
      `${running.file} was made read-only. The running server can still write it; before the ` +
        `next start run: chmod u+w ${running.file}`,
    ]);
    await running.store.close();
    chmodSync(running.file, 0o600);
    expect(await snapshotOfFile(running.file)).toEqual(snapshotState(running.state));
  });

  it('was read by another program is unchanged', async () => {
    const running = await run(path('data/ours.db'));
    // Read by another process, since reading in this one would release its lock.
    for (const end of ['', '-wal']) execFileSync('cp', [running.file + end, path(`copy${end}`)]);
    await running.put('after');
    expect(running.said).toEqual([]);
    await expectWhole(running);
  });
});
