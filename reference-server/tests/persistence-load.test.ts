import { describe, expect, it } from 'vitest';
import { connect } from '../persistence/driver.ts';
import { storedTables, organizationTables } from '../persistence/rows.ts';
import { applicationId, schemaNumber } from '../persistence/schema.ts';
import { snapshotState } from './database.ts';
import { useFolder } from './persistence-files.ts';
import { addOrganization, open, snapshotOfFile, tableNames } from './persistence-installation.ts';
import { note, rowOf } from './persistence-rows.ts';

const path = useFolder();

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe('A file is loaded', () => {
  it('completely and in order, whatever the organisations and tables of its rows', async () => {
    const file = path('many.db');
    const { state, store, commit } = await open(file);
    await commit(() => {
      for (const id of ['a', 'b', 'c']) addOrganization(state, id);
    });
    const organizations = [...state.organizations.rows];
    for (const round of numbers(3)) {
      await commit(() => {
        for (const number of numbers(1500)) {
          const id = `${round}-${number * 7919}`;
          const one = organizations[number % 3];
          one?.notes.insert(note(id, `"${id}" ],[ \\`));
          if (number % 2 === 0) one?.dossiers.insert(rowOf.dossiers(id, id));
          if (number % 50 === 0) one?.cvs.insert(rowOf.cvs(id, id));
        }
      });
      await commit(() => {
        for (const number of numbers(500))
          organizations[0]?.notes.remove(`${round}-${number * 3 * 7919}`);
      });
    }
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('completely, even if it has more than fits in one string', async () => {
    const file = path('large.db');
    const { state, store, commit } = await open(file);
    const large = 'é'.repeat(500_000);
    const notes = () => state.organizations.get('o')?.notes;
    await commit(() => {
      addOrganization(state, 'o');
      notes()?.insert(note('first', 'small'));
    });
    for (const number of numbers(70)) {
      await commit(() => notes()?.insert(note(`large ${number}`, large)));
    }
    await commit(() => notes()?.insert(note('last', 'small')));
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });
});

describe('A transaction', () => {
  it('stores the last change of each row', async () => {
    const file = path('net.db');
    const { state, store, commit } = await open(file);
    const notes = () => state.organizations.get('o')?.notes;
    await commit(() => {
      addOrganization(state, 'o');
      for (const id of ['kept', 'changed', 'removed', 'again']) notes()?.insert(note(id, id));
    });
    await commit(() => {
      notes()?.replace(note('changed', 'once'));
      notes()?.replace(note('changed', 'twice'));
      notes()?.replace(note('removed', 'in vain'));
      notes()?.remove('removed');
      notes()?.remove('again');
      notes()?.insert(note('again', 'at the end'));
      notes()?.insert(note('short-lived', 'x'));
      notes()?.remove('short-lived');
    });
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('can delete an organisation and add another with the same id', async () => {
    const file = path('twin.db');
    const { state, store, commit } = await open(file);
    await commit(() => {
      addOrganization(state, 'o').notes.insert(note('n', 'of the first'));
    });
    await commit(() => {
      state.organizations.get('o')?.notes.insert(note('m', 'of the first'));
      state.organizations.remove('o');
      addOrganization(state, 'o', { name: 'Second' }).notes.insert(note('n', 'of the second'));
    });
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('that is larger than one write is stored completely', async () => {
    const file = path('wide.db');
    const { state, store, commit } = await open(file);
    await commit(() => {
      const { notes, dossiers, cvs } = addOrganization(state, 'o');
      for (const number of numbers(3000)) {
        notes.insert(note(`${number}`, `it's ${number} `.repeat(100)));
        if (number % 3 === 0) dossiers.insert(rowOf.dossiers(`${number}`, "'"));
        if (number % 1000 === 0) cvs.insert(rowOf.cvs(`${number}`, 'x'.repeat(1_000_000)));
      }
    });
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });
});

describe('A file of the first schema', () => {
  /** The tables of the first version, with rows. */
  const writeFirstSchema = async (file: string): Promise<void> => {
    const { exec, run, close } = await connect(file);
    for (const { name, bytes } of Object.values(storedTables)) {
      if (name === 'clock') continue;
      await exec(`
        CREATE TABLE ${name} (
          position INTEGER PRIMARY KEY AUTOINCREMENT, organization_id TEXT NOT NULL,
          id TEXT NOT NULL, row TEXT NOT NULL, ${bytes ? 'bytes BLOB NOT NULL,' : ''}
          UNIQUE (organization_id, id)) STRICT`);
    }
    const insert = async (table: string, organizationId: string, row: { readonly id: string }) => {
      const { bytes, ...rest } = row as typeof row & { readonly bytes?: Buffer };
      const [columns, sampleIds] = bytes ? [', bytes', ', ?'] : ['', ''];
      await run(
        `INSERT INTO ${table} (organization_id, id, row${columns}) VALUES (?, ?, ?${sampleIds})`,
        [organizationId, row.id, JSON.stringify(rest), ...(bytes ? [bytes] : [])],
      );
    };
    for (const id of ['z', 'a']) {
      await insert('organizations', id, {
        ...{ id, name: id, plan: 'growth' },
        ...{ rateLimit: null },
      });
      const key = { scopes: [], expires_at: null, organization_id: id, hash: id };
      await insert('keys', id, { id: `key of ${id}`, ...key });
      for (const table of tableNames) {
        for (const row of ['2', '1', '3']) {
          await insert(organizationTables[table].name, id, rowOf[table](`${id}${row}`, "it's"));
        }
      }
    }
    await exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
    await close();
  };

  it('is migrated, with all rows in order', async () => {
    const file = path('first.db');
    await writeFirstSchema(file);
    const { state, store, commit } = await open(file);
    expect([...state.organizations.rows].map(({ id }) => id)).toEqual(['z', 'a']);
    for (const { id, ...tables } of state.organizations.rows) {
      for (const table of tableNames) {
        const rows = ['2', '1', '3'].map((row) => rowOf[table](`${id}${row}`, "it's"));
        expect([...tables[table].rows]).toEqual(rows);
      }
    }
    await commit(() => {
      state.organizations.get('a')?.notes.insert(note('new', 'comes last'));
      state.organizations.get('z')?.notes.replace(note('z1', 'stays in its place'));
    });
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
    const { all, close } = await connect(file);
    expect(await all('SELECT user_version AS number FROM pragma_user_version')).toEqual([
      { number: schemaNumber },
    ]);
    expect(await all("SELECT name FROM sqlite_schema WHERE name LIKE 'old_%'")).toEqual([]);
    await close();
  });
});
