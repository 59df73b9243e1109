import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NotKept } from '../state/store.ts';
import { photograph } from './database.ts';
import { fingerprint, useFolder } from './persistence-files.ts';
import { addOrganization, open, pictureOfFile, type Installation } from './persistence-pictures.ts';
import { note } from './persistence-rows.ts';

const path = useFolder();

interface Running extends Installation {
  readonly file: string;
  /** Adds a note, and keeps it. */
  readonly put: (id: string) => Promise<void>;
  readonly ids: () => string[];
}

/** A file with something in it, half of it by an earlier server and half by one that runs. */
const run = async (name = 'data/ours.db'): Promise<Running> => {
  const file = path(name);
  mkdirSync(dirname(file), { recursive: true });
  const first = await open(file);
  await first.commit(() => addOrganization(first.state, 'o'));
  await first.store.close();
  const installation = await open(file);
  const { state, commit } = installation;
  const notes = () => state.organizations.get('o')?.notes;
  const put = (id: string) => commit(() => notes()?.insert(note(id, `text of ${id}`)));
  const ids = () => [...(notes()?.rows ?? [])].map(({ id }) => id);
  await put('before');
  return { ...installation, file, put, ids };
};

/** What is in the file when the server stops is what it held. */
const expectWhole = async ({ state, store, file }: Running, place = file): Promise<void> => {
  await store.close();
  expect(await pictureOfFile(place)).toEqual(photograph(state));
};

const refused = 'Requests that would change anything are answered 500, and nothing is changed.';
const moveAway =
  'Move away what is at its place now: then the server writes all that it holds to a new file there.';

/** Refuses changes, however often, and says why once. */
const expectRefused = async ({ put, ids, said }: Running, line: string): Promise<void> => {
  const before = ids();
  for (const id of ['no', 'no again']) await expect(put(id)).rejects.toThrow(NotKept);
  await Promise.all(['a', 'b', 'c'].map((id) => expect(put(id)).rejects.toThrow(NotKept)));
  expect(ids()).toEqual(before);
  expect(said.filter((one) => one === line)).toHaveLength(1);
};

describe('Under a running server, a database file that', () => {
  it('was deleted is written anew, with all that the server holds', async () => {
    const running = await run();
    rmSync(running.file);
    await running.put('after');
    expect(running.said).toEqual([
      `${running.file} was deleted or moved away while the server is running. It was written anew, ` +
        'with all that the server holds.',
    ]);
    await expect(open(running.file)).rejects.toThrow('is in use by another server');
    await running.put('later');
    expect(running.ids()).toEqual(['before', 'after', 'later']);
    expect(statSync(running.file).mode & 0o777).toBe(0o600);
    await expectWhole(running);
  });

  it('was deleted with all that is beside it is written anew, even if nothing comes after', async () => {
    const running = await run();
    for (const end of ['', '-wal']) rmSync(running.file + end);
    await expectWhole(running);
  });

  it('was deleted again and again is written anew each time', async () => {
    const running = await run();
    for (const round of [1, 2, 3]) {
      rmSync(running.file);
      await Promise.all([1, 2, 3, 4].map((number) => running.put(`${round}-${number}`)));
    }
    expect(running.ids()).toHaveLength(13);
    await expectWhole(running);
  });

  it('was moved away is whole where it is now, and written anew where it was', async () => {
    const running = await run();
    const before = photograph(running.state);
    renameSync(running.file, path('moved.db'));
    await running.put('after');
    expect(await pictureOfFile(path('moved.db'))).toEqual(before);
    await expectWhole(running);
  });

  it('lost its folder takes changes when there is a folder again', async () => {
    const running = await run();
    rmSync(dirname(running.file), { recursive: true });
    const missing =
      `${running.file} can't be created: there is no folder ${dirname(running.file)}. ` +
      'Create it, or name another file with --db.';
    const said = `${running.file} was deleted while the server is running. ${missing} ${refused}`;
    await expectRefused(running, said);
    mkdirSync(dirname(running.file));
    await running.put('after');
    expect(running.said.at(-1)).toBe(`${running.file} takes changes again.`);
    expect(running.ids()).toEqual(['before', 'after']);
    await expectWhole(running);
  });

  it('was moved with its folder takes changes when it is back', async () => {
    const running = await run();
    renameSync(dirname(running.file), path('elsewhere'));
    await expect(running.put('no')).rejects.toThrow(NotKept);
    renameSync(path('elsewhere'), dirname(running.file));
    await running.put('after');
    expect(running.ids()).toEqual(['before', 'after']);
    await expectWhole(running);
  });

  it('was replaced by another stays away from that one until it is moved', async () => {
    const running = await run();
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

  it('was replaced by another harms that one in no way when the server stops', async () => {
    const running = await run();
    const other = await run('data/other.db');
    await other.store.close();
    const before = fingerprint(other.file);
    renameSync(other.file, running.file);
    await running.store.close();
    expect(running.said).toEqual([
      `${running.file} is not what the server had open, and was left as it is. What the server held is lost.`,
    ]);
    expect(Object.values(fingerprint(running.file))).toEqual(Object.values(before));
    expect(await pictureOfFile(running.file)).toEqual(photograph(other.state));
  });

  const changes: Readonly<Record<string, (file: string) => void>> = {
    'was cut off': (file) => {
      truncateSync(file, 4096);
    },
    'was emptied': (file) => {
      truncateSync(file, 0);
    },
    'was added to': (file) => {
      appendFileSync(file, 'x'.repeat(4096));
    },
    'was overwritten with another': (file) => {
      copyFileSync(path('another.db'), file);
    },
    'was overwritten by as much': (file) => {
      writeFileSync(file, readFileSync(file).reverse(), { flag: 'r+' });
    },
    'had its log cut off': (file) => {
      truncateSync(`${file}-wal`, 100);
    },
    'had its log overwritten': (file) => {
      writeFileSync(`${file}-wal`, readFileSync(`${file}-wal`).reverse(), { flag: 'r+' });
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`${what} takes no more until it is moved away, and then is written anew`, async () => {
      const another = await run('another.db');
      await another.store.close();
      const running = await run();
      const { file } = running;
      change(file);
      await expectRefused(
        running,
        `${file} was changed by another program while the server is running. ${refused} ${moveAway}`,
      );
      const found = readFileSync(file);
      renameSync(file, path('spoiled'));
      await running.put('after');
      expect(readFileSync(path('spoiled')).equals(found)).toBe(true);
      expect(running.ids()).toEqual(['before', 'after']);
      await expectWhole(running);
    });
  }

  it('was overwritten is left as it is when the server stops', async () => {
    const another = await run('another.db');
    await another.store.close();
    const running = await run();
    copyFileSync(another.file, running.file);
    await running.store.close();
    expect(readFileSync(running.file).equals(readFileSync(another.file))).toBe(true);
    expect(await pictureOfFile(running.file)).toEqual(photograph(another.state));
  });

  it('lost its log has everything all the same', async () => {
    const running = await run();
    rmSync(`${running.file}-wal`);
    await running.put('after');
    expect(running.said).toEqual([
      `${running.file} lost its -wal file while the server is running. Nothing is lost: it was made anew.`,
    ]);
    await running.put('later');
    rmSync(`${running.file}-wal`);
    await expectWhole(running);
  });

  it('was made read-only still keeps everything, and that is said once', async () => {
    const running = await run();
    chmodSync(running.file, 0o400);
    for (const id of ['one', 'two']) await running.put(id);
    expect(running.said).toEqual([
      `${running.file} was made read-only. The running server still keeps all in it; for the next ` +
        `one, say: chmod u+w ${running.file}`,
    ]);
    await running.store.close();
    chmodSync(running.file, 0o600);
    expect(await pictureOfFile(running.file)).toEqual(photograph(running.state));
  });

  it('was read by another program is as it was', async () => {
    const running = await run();
    // By another process: this one would lose its lock.
    for (const end of ['', '-wal']) execFileSync('cp', [running.file + end, path(`copy${end}`)]);
    await running.put('after');
    expect(running.said).toEqual([]);
    await expectWhole(running);
  });
});
