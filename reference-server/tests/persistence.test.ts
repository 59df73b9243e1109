import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect } from '../persistence/driver.ts';
import { storedTables } from '../persistence/rows.ts';
import { Table } from '../state/table.ts';
import { snapshotState } from './database.ts';
import { useFolder } from './persistence-files.ts';
import {
  addOrganization,
  type Installation,
  open,
  snapshotOfFile,
  tableNames,
} from './persistence-installation.ts';
import { dossier, note, rowOf } from './persistence-rows.ts';

const path = useFolder();

/** Texts that some databases lose or change. */
const cornerTexts = [
  '',
  ' ',
  'Zoë Ångström-Łukasz 北京 مرحبا',
  'family 👩‍👩‍👧‍👦 and flag 🇳🇱',
  'nul \u0000 in the midst \u0000',
  'lone \ud800 and \udfff surrogates',
  'e\u0301 is not \u00e9',
  '\u2028\u2029\ufeff\ufffe\r\n\t\u001b',
  `'"; DROP TABLE dossiers; --\\%_?1:a@b$c`,
  '{"id":"another"}',
  'x'.repeat(100_000),
];

const fillTables = ({ state }: Installation, id: string): void => {
  const organization = addOrganization(state, id);
  for (const name of tableNames) {
    for (const [index, text] of cornerTexts.entries()) {
      organization[name].insert(rowOf[name](`${id}-${index}`, text) as never);
    }
  }
};

/** Runs a query on a file that is not open. */
const query = async (file: string, sql: string): Promise<unknown[]> => {
  const connection = await connect(file);
  const rows = await connection.all(sql);
  await connection.close();
  return rows;
};

describe('A database file', () => {
  it('stores the rows of every table of an organisation, unusual texts included', async () => {
    const file = path('kept.db');
    const first = await open(file);
    await first.commit(() => {
      fillTables(first, 'b');
      fillTables(first, 'a');
    });
    await first.store.close();
    const found = await open(file);
    expect(snapshotState(found.state)).toEqual(snapshotState(first.state));
    await found.store.close();
  });

  it('has every table of an organisation', async () => {
    const { state, store } = await open(path('tables.db'));
    const organization = state.newOrganization({
      ...{ id: 'a', name: 'A', plan: 'pro', rateLimit: null },
    });
    const names = Object.entries(organization).flatMap(([name, value]) =>
      value instanceof Table ? [name] : [],
    );
    expect(names.sort()).toEqual([...tableNames].sort());
    await store.close();
  });

  it('stores organisations with their plans and rate limits, and API keys', async () => {
    const file = path('settings.db');
    const { state, store, commit } = await open(file);
    await commit(() => {
      addOrganization(state, 'b', { name: 'Werkplaats 👷 \u0000', plan: 'free' });
      addOrganization(state, 'a', { rateLimit: { requests: 5, windowSeconds: 0.5 } });
      const key = { scopes: ['dossiers:read', 'notes:write'], expires_at: null };
      state.keys.insert({ ...key, id: 'k2', organization_id: 'b', hash: 'h2' });
      state.keys.insert({ ...key, id: 'k1', organization_id: 'a', hash: 'h1', expires_at: 1.5e12 });
    });
    await commit(() => {
      const before = state.organizations.get('b');
      if (before) state.organizations.replace({ ...before, plan: 'growth' });
    });
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
    expect(await snapshotOfFile(file)).toMatchObject({
      keys: [{ id: 'k2' }, { id: 'k1' }],
      organizations: [{ id: 'b', plan: 'growth' }, { id: 'a' }],
    });
  });

  it('keeps a replaced row in its place, and puts a row that is added again at the end', async () => {
    const file = path('order.db');
    const { state, store, commit } = await open(file);
    const ids = ['m', 'z', 'a', 'k', 'b'];
    await commit(() => {
      const { dossiers } = addOrganization(state, 'o');
      for (const id of ids) dossiers.insert(dossier(id, 'first'));
    });
    const dossiers = state.organizations.get('o')?.dossiers;
    await commit(() => {
      dossiers?.replace(dossier('z', 'second'));
      dossiers?.remove('m');
      dossiers?.remove('b');
      dossiers?.insert(dossier('c', 'second'));
      dossiers?.insert(dossier('m', 'second'));
      dossiers?.replace(dossier('m', 'third'));
    });
    await store.close();
    expect([...(dossiers?.rows ?? [])].map(({ id }) => id)).toEqual(['z', 'a', 'k', 'c', 'm']);
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('replaces the bytes of a file with its row', async () => {
    const file = path('bytes.db');
    const { state, store, commit } = await open(file);
    const all = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await commit(() => {
      const { cvs } = addOrganization(state, 'o');
      for (const id of ['a', 'b']) cvs.insert({ id, bytes: Buffer.from(id) });
      cvs.replace({ id: 'a', bytes: all });
      cvs.replace({ id: 'b', bytes: Buffer.alloc(0) });
    });
    await store.close();
    const found = await open(file);
    const cvs = [...(found.state.organizations.get('o')?.cvs.rows ?? [])];
    expect(cvs).toEqual([
      { id: 'a', bytes: all },
      { id: 'b', bytes: Buffer.alloc(0) },
    ]);
    await found.store.close();
  });

  it('deletes an organisation with all its data, and nothing of others', async () => {
    const file = path('gone.db');
    const installation = await open(file);
    const { state, store, commit } = installation;
    await commit(() => {
      for (const id of ['a', 'b']) {
        fillTables(installation, id);
        const key = { id, organization_id: id, hash: id, scopes: [], expires_at: null };
        state.keys.insert(key);
      }
    });
    await commit(() => {
      state.keys.remove('a');
      state.organizations.remove('a');
    });
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
    for (const { name } of Object.values(storedTables)) {
      if (name === 'clock') continue;
      const owners = await query(file, `SELECT DISTINCT organization_id AS owner FROM ${name}`);
      expect([name, owners]).toEqual([name, [{ owner: 'b' }]]);
    }
  });

  it('ignores changes in an organisation that no longer exists', async () => {
    const file = path('late.db');
    const { state, store, commit } = await open(file);
    await commit(() => addOrganization(state, 'o'));
    const organization = state.organizations.get('o');
    await commit(() => {
      state.organizations.remove('o');
    });
    await commit(() => organization?.notes.insert(note('n', 'too late')));
    await store.close();
    expect(await snapshotOfFile(file)).toEqual({ keys: [], organizations: [] });
  });

  it('has nothing of a transaction that was undone', async () => {
    const file = path('undone.db');
    const { state, store, commit } = await open(file);
    await commit(() => addOrganization(state, 'o'));
    const work = () => {
      state.organizations.get('o')?.dossiers.insert(dossier('d', 'no'));
      throw new Error('never mind');
    };
    expect(() => commit(work)).toThrow('never mind');
    await store.close();
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
  });

  it('continues where another server stopped, and is a single file after that', async () => {
    const file = path('generations.db');
    const pictures: object[] = [];
    for (const id of ['b', 'a', 'c']) {
      const { state, store, commit } = await open(file);
      expect(snapshotState(state)).toEqual(pictures.at(-1) ?? { keys: [], organizations: [] });
      await commit(() => addOrganization(state, id));
      pictures.push(snapshotState(state));
      await store.close();
      expect(readdirSync(dirname(file))).toEqual(['generations.db']);
    }
    expect(await snapshotOfFile(file)).toMatchObject({
      organizations: [{ id: 'b' }, { id: 'a' }, { id: 'c' }],
    });
  });

  it('writes pending changes when it is closed, and accepts no more', async () => {
    const file = path('closing.db');
    const { state, store, commit } = await open(file);
    const kept = [1, 2, 3].map((id) => commit(() => addOrganization(state, String(id))));
    const closed = store.close();
    const late = commit(() => addOrganization(state, 'late'));
    await expect(late).rejects.toThrow('The server is stopping.');
    await Promise.all([...kept, closed]);
    expect(await snapshotOfFile(file)).toEqual(snapshotState(state));
    expect(state.organizations.rows.length).toBe(3);
  });
});
