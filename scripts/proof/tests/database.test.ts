import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCommand } from '../../../conformance/tests/call-command.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readCvs } from '../../fire/durability/snapshot.ts';
import { settingsAt } from '../../fire/harness/organizations.ts';
import { type ServerProcess, startServerProcess } from '../../fire/harness/server-process.ts';
import { type MadeOrganization, openControlProxy } from './control-proxy.ts';

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What API and control API return about an organisation. */
interface Picture {
  readonly replies: Readonly<Record<string, Reply>>;
  readonly dossiers: readonly Row[];
  /** The contacts that are or were in the talent pool. */
  readonly pool: readonly string[];
  readonly endpoints: readonly string[];
  /** The delivery attempts so far. */
  readonly attempts: readonly string[];
}

const perPage = 100;
/** The number of dossiers of an organisation whose notes and contacts are compared. */
const inDetail = 5;

const pictureOf = async (server: ServerProcess, id: string, key: string): Promise<Picture> => {
  const replies: Record<string, Reply> = {};
  const get = async (path: string): Promise<Row[]> => {
    const headers = { Authorization: `Bearer ${key}` };
    const response = await fetch(server.url + path, { headers });
    const body = (await response.json()) as { data?: Row[] };
    replies[path] = { status: response.status, body };
    return body.data ?? [];
  };
  const walk = async (path: string): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let page = 1; rows.length === (page - 1) * perPage; page += 1) {
      const found = await get(`${path}?per_page=${perPage}&page=${page}`);
      rows.push(...found);
      if (found.length === 0) break;
    }
    return rows;
  };
  const dossiers = await walk('/dossiers');
  for (const path of ['/contacts', '/flows']) await walk(path);
  for (const dossier of dossiers.slice(0, inDetail)) {
    for (const list of ['contacts', 'notes']) await walk(`/dossiers/${dossier.id}/${list}`);
  }
  // A contact may move from the pool to the expired ones meanwhile.
  const pools = ['in_pool', 'expired'].map((pool) => `/contacts?pool=${pool}`);
  const pool = (await Promise.all(pools.map(get))).flat().map((contact) => contact.id);
  for (const path of pools) Reflect.deleteProperty(replies, path);
  const control = async (path: string) =>
    (await settingsAt(server.controlUrl).call('GET', `/organizations/${id}/${path}`)) as Row[];
  const textOf = (row: Row, names: readonly string[]) =>
    names.map((name) => String(row[name])).join(' ');
  return {
    ...{ replies, dossiers, pool: pool.sort() },
    endpoints: (await control('webhook-endpoints')).map((one) => textOf(one, ['id', 'url'])),
    attempts: (await control('deliveries')).map((one) =>
      textOf(one, ['event_id', 'endpoint_id', 'attempt', 'outcome']),
    ),
  };
};

/** Runs a function for each organisation, several of them concurrently. */
const forEach = async <One>(all: readonly One[], work: (one: One) => Promise<void>) => {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.pop(); one; one = left.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
};

const { scopes } = readContract();

describe('The whole suite against a server with a database file', () => {
  let folder: string;
  let server: ServerProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgrid-suite-'));
  });
  afterAll(async () => {
    await server.kill();
    await rm(folder, { recursive: true });
  });

  it('passes, and a server that is started again from the file shows the same', async () => {
    const db = join(folder, 'suite.db');
    server = await startServerProcess({ db });
    const proxy = await openControlProxy(server.controlUrl);
    const target = ['--target', server.url, '--control', proxy.url];
    const { code, out } = await callCommand([
      'run',
      ...target,
      '--runs',
      '2',
      '--concurrency',
      '16',
    ]);
    await proxy.close();
    expect(code, out).toBe(0);

    const keys = new Map<string, string>();
    const before = new Map<string, Picture>();
    await forEach(proxy.organizations, async ({ id }) => {
      const settings = settingsAt(server.controlUrl);
      const limit = { requests: 1_000_000, window_seconds: 60 };
      await settings.call('PUT', `/organizations/${id}/rate-limit`, limit);
      keys.set(id, await settings.createKey(id, scopes));
      before.set(id, await pictureOf(server, id, keys.get(id) ?? ''));
    });
    await server.stop();
    const cvs = await readCvs(db);
    server = await startServerProcess({ db });

    await forEach(proxy.organizations, async (organization) => {
      const { id } = organization;
      const { attempts = [], ...expected } = before.get(id) ?? {};
      const { attempts: later, ...found } = await pictureOf(server, id, keys.get(id) ?? '');
      expect(found).toEqual(expected);
      expect(attempts.filter((attempt) => !later.includes(attempt))).toEqual([]);
      const withCv = found.dossiers.filter(({ cv_url }) => cv_url !== null);
      expect([...(cvs.get(id)?.keys() ?? [])].sort()).toEqual(withCv.map((one) => one.id).sort());
      await expectMembers(organization, found.dossiers[0], keys.get(id) ?? '');
    });
    expect(keys.size).toBeGreaterThan(500);
  }, 300_000);

  /** The API doesn't list members: a dossier is assigned to one. */
  const expectMembers = async (
    { members }: MadeOrganization,
    dossier: Row | undefined,
    key: string,
  ) => {
    if (!dossier) return;
    const response = await fetch(`${server.url}/dossiers/${dossier.id}`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ assigned_to: members[0]?.id }),
    });
    expect(response.status).toBe(200);
  };
});
