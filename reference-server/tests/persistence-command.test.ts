import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { proveDurability } from '../../scripts/fire/durability/durability.ts';
import { startServerProcess } from '../../scripts/fire/harness/server-process.ts';
import { type Ending, runEmpty, startEmpty, type Started } from './cli-command.ts';
import { contract, type Dossier, form, pdf, send } from './test-server.ts';
import { fingerprint, useFolder } from './persistence-files.ts';

const path = useFolder();

/** Creates an organisation with an API key that has all scopes. */
const newKey = async ({ control }: Started): Promise<string> => {
  const json = { name: 'Werkplaats', plan: 'growth' };
  const { data } = (await send<{ id: string }>('POST', `${control}/organizations`, { json })).body;
  const keys = `${control}/organizations/${data.id}/keys`;
  const scopes = { scopes: contract.scopes };
  return (await send<{ key: string }>('POST', keys, { json: scopes })).body.data.key;
};

const createDossier = ({ url }: Started, key: string, name: string, cv?: Blob) =>
  send('POST', `${url}/dossiers`, { key, body: form({ type: 'candidate', name }, cv) });

const names = async ({ url }: Started, key: string): Promise<string[]> => {
  const list = await send<Dossier[]>('GET', `${url}/dossiers?per_page=100`, { key });
  return list.body.data.map(({ name }) => name).reverse();
};

/** Expects exit code 2 and one line on standard error. */
const expectUsageError = ({ code, out, err }: Ending, message: string): void => {
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${message}\n` });
};

const orAnotherFile = 'or name another file with --db.';

describe('A server with a database file', () => {
  it('has all data after a restart, API keys included', async () => {
    const file = path('kept.db');
    const first = await startEmpty(['--db', file]);
    const key = await newKey(first);
    expect((await createDossier(first, key, 'Zoë 👩‍💼', pdf())).status).toBe(201);
    expect(await first.stop('SIGTERM')).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(dirname(file))).toEqual(['kept.db']);
    const second = await startEmpty(['--db', file]);
    expect(await names(second, key)).toEqual(['Zoë 👩‍💼']);
    await second.stop('SIGTERM');
  });

  it('lets no other process open it', async () => {
    const file = path('shared.db');
    const first = await startEmpty(['--db', file]);
    const key = await newKey(first);
    expectUsageError(
      await runEmpty(['--db', file]),
      `${file} is in use by another server or program. Stop that one, ${orAnotherFile}`,
    );
    expect((await createDossier(first, key, 'Undisturbed')).status).toBe(201);
    await first.stop('SIGKILL');
    const second = await startEmpty(['--db', file]);
    expect(await names(second, key)).toEqual(['Undisturbed']);
    await second.stop('SIGTERM');
  });

  it('loses nothing when its file is deleted and it is killed, and logs what happened', async () => {
    const file = path('deleted.db');
    const first = await startEmpty(['--db', file]);
    const key = await newKey(first);
    expect((await createDossier(first, key, 'before')).status).toBe(201);
    rmSync(file);
    rmSync(`${file}-wal`);
    const numbers = Array.from({ length: 21 }, (_, number) => `after ${number}`);
    for (const name of numbers) expect((await createDossier(first, key, name)).status).toBe(201);
    expect(await first.stop('SIGKILL')).toMatchObject({
      err:
        `${file} was deleted or moved away while the server is running. The server wrote a new ` +
        'file with all its data.\n',
    });
    const second = await startEmpty(['--db', file]);
    expect(await names(second, key)).toEqual(['before', ...numbers]);
    await second.stop('SIGTERM');
  });

  it('refuses an unusable file in one line, and leaves it unchanged', async () => {
    const file = path('locked.db');
    await (await startEmpty(['--db', file])).stop('SIGTERM');
    mkdirSync(path('closed'));
    writeFileSync(path('closed/locked.db'), readFileSync(file));
    for (const name of ['locked.db', 'closed']) chmodSync(path(name), 0o555);
    const before = [fingerprint(file), fingerprint(path('closed/locked.db'))];
    const denied = (place: string) =>
      `can't be used: no permission to read and write ${place}. Name another file with --db.`;
    expectUsageError(await runUnprivileged(file), `${file} ${denied(file)}`);
    for (const name of ['closed/locked.db', 'closed/new.db']) {
      const said = `${path(name)} ${denied(path('closed'))}`;
      expectUsageError(await runUnprivileged(path(name)), said);
    }
    expect([fingerprint(file), fingerprint(path('closed/locked.db'))]).toEqual(before);
    expect(existsSync(path('closed/new.db'))).toBe(false);
    chmodSync(path('closed'), 0o755);
  });

  it('needs the package sqlite3 only with --db, and says so when it is missing', async () => {
    const node = ['--import', dataUrl(hideSqlite)];
    const { code, out, err } = await runEmpty(['--db', path('new.db')], { node });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      "--db needs the package sqlite3, which can't be loaded here (Error: it is hidden). " +
        'Run "npm install sqlite3", which may need a C++ compiler, or start without --db.\n',
    );
    expect(existsSync(path('new.db'))).toBe(false);
    const server = await startEmpty([], { node });
    expect((await createDossier(server, await newKey(server), 'In memory')).status).toBe(201);
    await server.stop('SIGTERM');
  });
});

/** Starts a server as a user whom file modes stop; as root, it drops the rights to ignore them. */
const runUnprivileged = (file: string): Promise<Ending> => {
  const before = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'];
  return runEmpty(['--db', file], process.getuid?.() === 0 ? { before } : {});
};

const dataUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

/** Makes every import of sqlite3 fail. */
const hideSqlite = `
  import { register } from 'node:module';
  register(${JSON.stringify(
    dataUrl(`
      export const resolve = (name, context, next) => {
        if (name === 'sqlite3') throw new Error('it is hidden\\nfrom you');
        return next(name, context);
      };`),
  )});`;

describe('A server whose disk is full', () => {
  it('refuses writes that it cannot store, loses nothing else, and stores what fits', async () => {
    const file = path('full.db');
    // Limits files to 2 or 4 MB, depending on the shell's block size.
    const shell = `trap '' XFSZ; ulimit -f 4096; exec "$@"`;
    const full = await startEmpty(['--db', file], { before: ['sh', '-c', shell, 'sh'] });
    const key = await newKey(full);
    const cv = pdf(300_000);
    const kept: string[] = [];
    let status = 201;
    for (let number = 0; number < 50 && status === 201; number++) {
      ({ status } = await createDossier(full, key, `whole ${number}`, cv));
      if (status === 201) kept.push(`whole ${number}`);
    }
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(50);

    const parallel = [1, 2, 3, 4, 5, 6].map((number) =>
      createDossier(full, key, `no ${number}`, cv),
    );
    for (const { status, body } of await Promise.all(parallel)) {
      expect([status, body.error.code]).toEqual([500, 'internal']);
    }
    expect(await names(full, key)).toEqual(kept);
    expect((await createDossier(full, key, 'small')).status).toBe(201);
    expect(await names(full, key)).toEqual([...kept, 'small']);

    const { err } = await full.stop('SIGKILL');
    expect(err).toContain(`${file} could not be written (disk I/O error). Requests that change`);
    // Logged once, however many writes were refused.
    expect(err.match(/could not be written/g)).toHaveLength(1);
    const roomy = await startEmpty(['--db', file]);
    expect(await names(roomy, key)).toEqual([...kept, 'small']);
    expect((await createDossier(roomy, key, 'room again', cv)).status).toBe(201);
    await roomy.stop('SIGTERM');
  });

  it('does not start when there is no room for the file', async () => {
    const shell = `trap '' XFSZ; ulimit -f 8; exec "$@"`;
    const file = path('none.db');
    expectUsageError(
      await runEmpty(['--db', file], { before: ['sh', '-c', shell, 'sh'] }),
      `${file} is on a disk that is full or fails (disk I/O error). Free some space there, ${orAnotherFile}`,
    );
  });
});

describe('A server that is killed under load', () => {
  // `npm run fire -- --only kills` does the same any number of times.
  it(
    'has every acknowledged write when it starts again, and nothing in part',
    async () => {
      const seed = Date.now();
      const lines: string[] = [];
      const { scopes } = readContract();
      const result = await proveDurability({
        ...{ file: path('kill.db'), kills: 8, clients: 4, seed, scopes },
        start: startServerProcess,
        log: (line) => lines.push(line),
      });
      expect(result.differences, `seed ${seed}`).toEqual([]);
      expect(lines.length).toBe(8);
      expect(result.acknowledged).toBeGreaterThanOrEqual(8);
    },
    // The server starts about twenty times.
    300_000,
  );
});
