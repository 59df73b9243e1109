import { IncomingMessage, request as httpRequest } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createControlSelfCheck, readControlContract } from '../control/contract.ts';
import { createGuard } from '../control/guard.ts';
import {
  contract,
  expectRefusal,
  send,
  type TestOrganization,
  useTestServer,
} from './test-server.ts';

describe('The control API', () => {
  const api = useTestServer();

  it('lists its operations, and returns 404 for other paths', async () => {
    const { body } = await api.control<{ operations: string[] }>('GET', '/capabilities');
    const described = readControlContract().operations.map(({ id }) => id);
    expect(body.data.operations.sort()).toEqual(described.sort());
    expectRefusal(await api.control('GET', '/nowhere'), 404, 'not_found');
    expectRefusal(await api.control('GET', '/reset'), 404, 'not_found');
  });

  it('creates organisations as requested, by default on the plan with access', async () => {
    const plain = await api.control<TestOrganization>('POST', '/organizations', {});
    expect(plain.status).toBe(201);
    expect(plain.body.data).toMatchObject({ plan: 'growth', members: [{}] });
    for (const plan of Object.keys(contract.plans)) {
      const { body } = await api.control('POST', '/organizations', { name: 'Ëen', plan });
      expect(body.data).toMatchObject({ name: 'Ëen', plan });
    }
  });

  const wrong: [string, string, unknown, RegExp][] = [
    ['POST', '/organizations', { plan: 'gold' }, /^plan must be one of free, pro, growth\./],
    ['POST', '/organizations', { name: '' }, /^name must not be empty/],
    [
      'POST',
      '/organizations',
      { rate_limit: { requests: -1, window_seconds: 1 } },
      /^rate_limit\.requests must be at least 1/,
    ],
    [
      'POST',
      '/organizations',
      { rate_limit: { requests: 1, window_seconds: 0 } },
      /^rate_limit\.window_seconds must be more than 0/,
    ],
    ['POST', '/organizations', [], /^The body must be an object/],
    ['POST', '/organizations/ID/keys', {}, /^scopes is required/],
    [
      'POST',
      '/organizations/ID/keys',
      { scopes: ['all'] },
      /^scopes must contain only dossiers:read.*; unknown: all\.$/,
    ],
    [
      'POST',
      '/organizations/ID/keys',
      { scopes: [], expires_at: 'soon' },
      /^expires_at must be a timestamp/,
    ],
    [
      'POST',
      '/organizations/ID/keys',
      { scopes: [], expires_at: '2026-12-31T23:59:60Z' },
      /^expires_at must be a timestamp/,
    ],
    ['POST', '/organizations/ID/members', { name: '' }, /^name must not be empty/],
    [
      'POST',
      '/organizations/ID/flows',
      { name: 'A', type: 'sales', stages: [] },
      /^stages must have at least 1 item/,
    ],
    [
      'POST',
      '/organizations/ID/flows',
      { name: 'A', type: 'x', stages: [{ name: 'B' }] },
      /^type must be one of/,
    ],
    [
      'POST',
      '/organizations/ID/flows',
      { name: 'A', type: 'sales', stages: [{}] },
      /^stages\.0\.name is required/,
    ],
    ['PUT', '/organizations/ID/plan', {}, /^plan is required/],
    ['PUT', '/organizations/ID/plan', { plan: 'gold' }, /^plan must be one of free, pro, growth\./],
    ['PUT', '/organizations/ID/rate-limit', { requests: 1 }, /^window_seconds is required/],
    ['PUT', '/clock', { advance_seconds: -1 }, /^advance_seconds must be at least 0/],
    ['PUT', '/clock', { advance_seconds: 253e9 }, /^advance_seconds leads beyond the year 9998/],
    ['PUT', '/clock', undefined, /Content-Type/],
  ];
  for (const [method, path, json, message] of wrong) {
    it(`refuses ${method} ${path} with ${JSON.stringify(json)}`, async () => {
      const { id } = await api.organization();
      const reply = await api.control(method, path.replace('ID', id), json);
      expectRefusal(reply, 400, 'invalid_body', message);
    });
  }

  it('refuses organisations that don’t exist', async () => {
    const { id } = await api.organization();
    const requests: [string, string, unknown?][] = [
      ['POST', '/keys', { scopes: [] }],
      ['POST', '/members', { name: 'A' }],
      ['POST', '/flows', { name: 'A', type: 'sales', stages: [{ name: 'B' }] }],
      ['PUT', '/plan', { plan: 'growth' }],
      ['PUT', '/rate-limit', { requests: 1, window_seconds: 1 }],
      ['DELETE', ''],
    ];
    for (const [method, path, json] of requests) {
      const reply = await api.control(method, `/organizations/x${path}`, json);
      expectRefusal(reply, 404, 'not_found', 'Organization not found.');
    }
    for (const [method, path, json] of requests) {
      const reply = await api.control(method, `/organizations/${id}${path}`, json);
      expect([201, 204]).toContain(reply.status);
    }
  });

  it('refuses to put contacts that don’t exist in the pool', async () => {
    const { id } = await api.organization();
    const reply = await api.control('PUT', `/organizations/${id}/contacts/x/pool`, { until: null });
    expectRefusal(reply, 404, 'not_found', 'Contact not found.');
  });

  it('removes a contact from the pool as if it had never been in it', async () => {
    const { id, key } = await api.organization();
    const json = { full_name: 'Sophie' };
    const contact = (await api.call('POST', '/contacts', { key, json })).body.data;
    const path = `/organizations/${id}/contacts/${contact.id}/pool`;
    const totals = async () => {
      const lists = ['in_pool', 'expired'].map((pool) =>
        api.call<unknown[]>('GET', `/contacts?pool=${pool}`, { key }),
      );
      return (await Promise.all(lists)).map(({ body }) => body.meta.total);
    };
    await api.control('PUT', path, { until: '2001-01-01T00:00:00Z' });
    expect(await totals()).toEqual([0, 1]);
    await api.control('PUT', path, { until: null });
    expect(await totals()).toEqual([0, 0]);
  });

  it('advances the clock that dates dossiers, and it keeps running', async () => {
    const { key } = await api.organization();
    const before = Date.parse((await api.control<{ now: string }>('GET', '/clock')).body.data.now);
    const moved = await api.control<{ now: string }>('PUT', '/clock', { advance_seconds: 3600 });
    expect(Date.parse(moved.body.data.now)).toBeGreaterThanOrEqual(before + 3_600_000);
    const json = { type: 'sales', name: 'A' };
    const made = (await api.call('POST', '/dossiers', { key, json })).body.data;
    expect(Date.parse(made.created_at)).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  it('deletes everything on reset', async () => {
    const { key } = await api.organization();
    await api.control('PUT', '/clock', { advance_seconds: 1e6 });
    expect((await api.control('POST', '/reset')).status).toBe(204);
    expectRefusal(await api.call('GET', '/flows', { key }), 401, 'unauthorized');
    expect([api.state.organizations.rows.length, api.state.keys.rows.length]).toEqual([0, 0]);
    const { now } = (await api.control<{ now: string }>('GET', '/clock')).body.data;
    expect(Date.parse(now)).toBeLessThan(Date.now() + 1000);
  });

  it('refuses browsers and names of other machines', async () => {
    const url = `${api.server.controlUrl ?? ''}/capabilities`;
    const { port } = new URL(url);
    for (const origin of ['http://localhost:3000', 'null', new URL(url).origin]) {
      expectRefusal(await send('GET', url, { headers: { Origin: origin } }), 401, 'unauthorized');
    }
    for (const host of ['example.com', `127.0.0.1.example.com:${port}`, '10.0.0.1']) {
      expect(await statusOfHost(url, host)).toBe(401);
    }
    for (const host of ['localhost', `LOCALHOST:${port}`, '127.0.0.1', '127.1.2.3:1', '[::1]:80']) {
      expect(await statusOfHost(url, host)).toBe(200);
    }
  });

  it('allows no preflight of a browser', async () => {
    const headers = { Origin: 'http://x.example', 'Access-Control-Request-Method': 'POST' };
    const reply = await send('OPTIONS', `${api.server.controlUrl ?? ''}/reset`, { headers });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });
});

/** The status of a GET with this Host header, which fetch doesn't send. */
const statusOfHost = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest(url, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });

describe('The control API with a token', () => {
  const api = useTestServer({ controlToken: 'open-sesame' });

  it('accepts requests with the token, whatever the Host, and no others', async () => {
    const url = `${api.server.controlUrl ?? ''}/capabilities`;
    expect((await send('GET', url, { key: 'open-sesame' })).status).toBe(200);
    for (const input of [{}, { key: 'open' }, { headers: { Authorization: 'open-sesame' } }]) {
      expectRefusal(await send('GET', url, input), 401, 'unauthorized', 'control token');
    }
    const headers = { Origin: 'http://x.example' };
    expectRefusal(await send('GET', url, { key: 'open-sesame', headers }), 401, 'unauthorized');
  });
});

describe('A server without the control API', () => {
  const api = useTestServer({ control: false });

  it('returns 404 at its paths', async () => {
    expect(api.server.controlUrl).toBeUndefined();
    const { origin } = new URL(api.server.url);
    const reply = await send('GET', `${origin}${readControlContract().basePath}/capabilities`);
    expectRefusal(reply, 404, 'not_found');
  });
});

describe('The control API without a token', () => {
  const guard = createGuard({ host: '127.0.0.1' });
  const from = (remoteAddress: string | undefined) => () => {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
    const request = new IncomingMessage(socket);
    request.headers.host = '127.0.0.1';
    guard(request);
  };

  it('accepts this machine only', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expect(from(address)).not.toThrow();
    }
    // A closed connection has no address.
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '128.0.0.1', 'fe80::1', undefined]) {
      expect(from(address)).toThrow('for this machine only');
    }
  });
});

describe('The self-check of the control API', () => {
  it('reports a response that its description does not have', () => {
    const control = readControlContract();
    const check = createControlSelfCheck(control);
    const operation = control.operations.find(({ id }) => id === 'getClock');
    if (!operation) throw new Error('The control API has no getClock.');
    const answer = (status: number, body?: unknown) => ({
      status,
      headers: {},
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    check(operation, answer(200, { data: { now: '2026-05-04T08:30:00Z' } }));
    check(operation, answer(404, { error: { code: 'not_found', message: 'No.' } }));
    expect(() => {
      check(operation, answer(200, { data: {} }));
    }).toThrow('getClock 200: data.now is required');
    expect(() => {
      check(operation, answer(204));
    }).toThrow('not a response');
    expect(() => {
      check(operation, answer(302, {}));
    }).toThrow('not a response');
  });
});
