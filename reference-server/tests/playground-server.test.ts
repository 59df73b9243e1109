import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { defaultConfig } from '../config.ts';
import type { KeyKind } from '../playground/demo/organizations.ts';
import { startServer } from '../server.ts';
import { newDatabasePath } from './database.ts';
import {
  contract,
  type Dossier,
  expectRefusal,
  type TestServer,
  useTestServer,
} from './test-server.ts';

type Contact = Schemas['Contact'];

/** An API key of the demo data; organisations are counted from 0. */
const demoKey = (
  { server }: TestServer,
  organization: number,
  kind: KeyKind = 'all scopes',
): string => {
  const names = [...new Set(server.demo?.map((key) => key.organization))];
  const found = server.demo?.find(
    (key) => key.organization === names[organization] && key.kind === kind,
  );
  if (!found) throw new Error(`There is no key ${kind} of organisation ${organization}.`);
  return found.key;
};

describe('A server with demo data', () => {
  const api = useTestServer({ seed: 1 });

  /** All items of a list; every page is validated against the contract. */
  const walk = async <Item>(key: string, path: string): Promise<Item[]> => {
    const items: Item[] = [];
    for (let page = 1; ; page += 1) {
      const sign = path.includes('?') ? '&' : '?';
      const reply = await api.call<Item[]>('GET', `${path}${sign}page=${page}`, { key });
      expect(reply.status).toBe(200);
      items.push(...reply.body.data);
      if (items.length >= reply.body.meta.total) return items;
    }
  };

  for (const organization of [0, 1]) {
    it(`returns valid lists and items of organisation ${organization}`, async () => {
      const key = demoKey(api, organization);
      for (const { id } of await walk<{ id: string }>(key, '/flows')) {
        expect((await api.call('GET', `/flows/${id}/stages`, { key })).status).toBe(200);
      }
      const dossiers = await walk<Dossier>(key, '/dossiers');
      expect(dossiers.length).toBeGreaterThan(9);
      for (const { id, name } of dossiers) {
        expect((await api.call('GET', `/dossiers/${id}`, { key })).body.data.name).toBe(name);
        expect((await walk(key, `/dossiers/${id}/contacts`)).length).toBeGreaterThan(0);
        await walk(key, `/dossiers/${id}/notes`);
      }
      const contacts = await walk<Contact>(key, '/contacts');
      for (const pool of ['in_pool', 'expired']) {
        const some = await walk<Contact>(key, `/contacts?pool=${pool}`);
        expect([some.length > 0, some.length < contacts.length]).toEqual([true, true]);
      }
      for (const { id, dossier_count } of contacts) {
        const { data } = (await api.call<Contact>('GET', `/contacts/${id}`, { key })).body;
        expect(data.dossier_count).toBe(dossier_count);
      }
    });
  }

  it('accepts changes of its demo data', async () => {
    const key = demoKey(api, 0);
    const [contact] = await walk<Contact>(key, '/contacts');
    const json = { type: 'candidate', name: 'Nieuw', contact_id: contact?.id };
    expect((await api.call('POST', '/dossiers', { key, json })).status).toBe(201);
    const [newest] = await walk<Dossier>(key, '/dossiers');
    expect(newest?.name).toBe('Nieuw');
  });

  it('has an API key that only reads', async () => {
    const key = demoKey(api, 0, 'read-only');
    for (const { id, method, path } of Object.values(contract.operations)) {
      const reply = await api.call(method, path.replaceAll(/\{\w+\}/g, 'x'), { key });
      if (method === 'GET') expect([200, 404], id).toContain(reply.status);
      else expectRefusal(reply, 403, 'forbidden');
    }
  });

  it('has an expired API key, and one of a plan without access', async () => {
    const expired = await api.call('GET', '/dossiers', { key: demoKey(api, 0, 'expired') });
    expectRefusal(expired, 401, 'unauthorized', 'expired');
    expectRefusal(
      await api.call('GET', '/dossiers', { key: demoKey(api, 2) }),
      402,
      'plan_required',
    );
  });

  it('keeps its organisations separate', async () => {
    const [dossier] = await walk<Dossier>(demoKey(api, 0), '/dossiers');
    const reply = await api.call('GET', `/dossiers/${dossier?.id ?? ''}`, { key: demoKey(api, 1) });
    expectRefusal(reply, 404, 'not_found');
  });

  it('deletes the demo data on reset', async () => {
    await api.control('POST', '/reset');
    expectRefusal(await api.call('GET', '/flows', { key: demoKey(api, 0) }), 401, 'unauthorized');
  });
});

describe('A server without demo data', () => {
  const api = useTestServer();

  it('has no organisation', () => {
    expect([api.server.demo, api.state.organizations.rows.length]).toEqual([undefined, 0]);
  });
});

describe('Demo data in a database', () => {
  it('is created once, and then left unchanged', async () => {
    const config = { ...defaultConfig, port: 0, db: await newDatabasePath(), seed: 1 };
    const first = await startServer(config);
    const key = first.demo?.[0]?.key ?? '';
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ full_name: 'Nieuw' });
    await fetch(`${first.url}/contacts`, { method: 'POST', headers, body });
    await first.close();

    const second = await startServer(config);
    expect(second.demo).toEqual(first.demo);
    const reply = await fetch(`${second.url}/contacts?per_page=1`, { headers });
    const { data } = (await reply.json()) as { data: Contact[] };
    expect(data).toMatchObject([{ full_name: 'Nieuw' }]);
    await second.close();

    const other = await startServer({ ...config, seed: 2 });
    expect(other.demo).toEqual([]);
    expect((await fetch(`${other.url}/contacts`, { headers })).status).toBe(200);
    await other.close();
  });
});

describe('A server with a rate limit option', () => {
  const api = useTestServer({ seed: 1, rateLimit: { requests: 2, windowSeconds: 10 } });

  it('uses it for every organisation instead of the plan’s limit', async () => {
    const statuses = [];
    for (const organization of [0, 0, 0, 1]) {
      const { status, headers } = await api.call('GET', '/flows', {
        key: demoKey(api, organization),
      });
      expect(headers.get('x-ratelimit-limit')).toBe('2');
      statuses.push(status);
      const wait = Number(headers.get('retry-after'));
      expect([wait >= 0, wait <= 10]).toEqual([true, true]);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
    const stranger = await api.call('GET', '/flows');
    expect(stranger.headers.get('x-ratelimit-remaining')).toBeNull();
  });
});
