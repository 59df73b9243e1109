import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connect } from '../persistence/driver.ts';
import { NotSaved } from '../state/transaction.ts';
import { snapshotState } from './database.ts';
import { useFolder } from './persistence-files.ts';
import { addOrganization, open, snapshotOfFile } from './persistence-installation.ts';
import { expectRefused, expectWhole, moveAway, refused, run } from './persistence-running.ts';

const path = useFolder();

describe('Under a running server, a database file that', () => {
  const changes: Readonly<Record<string, (file: string) => void>> = {
    'was truncated': (file) => {
      truncateSync(file, 4096);
    },
    'was emptied': (file) => {
      truncateSync(file, 0);
    },
    'had bytes appended': (file) => {
      appendFileSync(file, 'x'.repeat(4096));
    },
    'was overwritten with another database': (file) => {
      copyFileSync(path('another.db'), file);
    },
    'was overwritten with the same size': (file) => {
      writeFileSync(file, readFileSync(file).reverse(), { flag: 'r+' });
    },
    'had its -wal file truncated': (file) => {
      truncateSync(`${file}-wal`, 100);
    },
    'had its -wal file overwritten': (file) => {
      writeFileSync(`${file}-wal`, readFileSync(`${file}-wal`).reverse(), { flag: 'r+' });
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`${what} accepts no changes until it is moved away, and then is written again`, async () => {
      const another = await run(path('another.db'));
      await another.store.close();
      const running = await run(path('data/ours.db'));
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

  it('was overwritten is left unchanged when the server stops', async () => {
    const another = await run(path('another.db'));
    await another.store.close();
    const running = await run(path('data/ours.db'));
    copyFileSync(another.file, running.file);
    await running.store.close();
    expect(readFileSync(running.file).equals(readFileSync(another.file))).toBe(true);
    expect(await snapshotOfFile(running.file)).toEqual(snapshotState(another.state));
  });

  const losses: Readonly<Record<string, (file: string) => () => void>> = {
    'is moved away while it is written to': (file) => {
      renameSync(file, path('away.db'));
      return () => {
        renameSync(path('away.db'), file);
      };
    },
    'loses its log while it is written to': (file) => {
      rmSync(`${file}-wal`);
      return () => undefined;
    },
    'is moved away with its -wal file during a write': (file) => {
      for (const end of ['', '-wal']) renameSync(file + end, path(`away.db${end}`));
      return () => {
        for (const end of ['', '-wal']) renameSync(path(`away.db${end}`), file + end);
      };
    },
    'is moved away during a write, and comes back without its -wal file': (file) => {
      renameSync(file, path('away.db'));
      rmSync(`${file}-wal`);
      return () => {
        renameSync(path('away.db'), file);
      };
    },
  };
  for (const [what, lose] of Object.entries(losses)) {
    it.each([0, 1, 2])(
      `${what} has what was acknowledged, and no more (write %i)`,
      async (before) => {
        const file = path('data.db');
        let during = (): void => undefined;
        const { state, store, commit } = await open(file, async (name) => {
          const connection = await connect(name);
          const exec: typeof connection.exec = async (sql) => {
            await connection.exec(sql);
            if (sql.endsWith('COMMIT')) during();
          };
          return { ...connection, exec };
        });
        for (let number = 0; number < before; number++) {
          await commit(() => addOrganization(state, `kept ${number}`));
        }
        let bringBack = (): void => undefined;
        during = () => {
          during = () => undefined;
          bringBack = lose(file);
        };
        await expect(commit(() => addOrganization(state, 'lost'))).rejects.toThrow(NotSaved);
        bringBack();
        await commit(() => addOrganization(state, 'also kept'));
        await commit(() => addOrganization(state, 'last'));
        // The file now is what a crash would leave.
        for (const end of ['', '-wal']) copyFileSync(file + end, path(`crashed.db${end}`));
        expect(await snapshotOfFile(path('crashed.db'))).toEqual(snapshotState(state));
        await store.close();
        expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
        expect(state.organizations.rows.length).toBe(before + 2);
      },
    );
  }
});
