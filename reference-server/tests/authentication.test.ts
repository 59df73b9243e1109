import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, useLab } from './lab.ts';

const lab = useLab();
const list = (Authorization?: string) =>
  lab.call('GET', '/dossiers', Authorization === undefined ? {} : { headers: { Authorization } });

describe('A key', () => {
  it('opens the API as bearer token, whatever the letter case of the scheme', async () => {
    const { key } = await lab.organization();
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect((await list(`${scheme} ${key}`)).status).toBe(200);
    }
  });

  it('starts with the prefix of the contract and is random', async () => {
    const organization = await lab.organization();
    const another = await lab.newKey(organization.id, { scopes: [] });
    expect(organization.key.startsWith(contract.keyPrefix)).toBe(true);
    expect(another).not.toBe(organization.key);
    expect(another.length - contract.keyPrefix.length).toBeGreaterThanOrEqual(24);
  });

  it('is kept nowhere, only its hash', async () => {
    const { key } = await lab.organization();
    const secret = key.slice(contract.keyPrefix.length);
    expect(JSON.stringify([...lab.state.keys.rows])).not.toContain(secret);
  });

  it('is refused when it is missing, malformed, of another scheme or unknown', async () => {
    const { key } = await lab.organization();
    const headers = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      key,
      `Basic ${key}`,
      `Bearer ${key.slice(contract.keyPrefix.length)}`,
      `Bearer sk_live_${key}`,
      `Bearer ${key} x`,
      `Bearer ${key}x`,
      `Bearer ${key.toUpperCase()}`,
      `Bearer ${contract.keyPrefix}`,
    ];
    for (const header of headers) expectRefusal(await list(header), 401, 'unauthorized');
    expect((await list(`Bearer ${key}`)).status).toBe(200);
  });

  it('counts as missing when it is sent in the query', async () => {
    const { key } = await lab.organization();
    expectRefusal(await lab.call('GET', `/dossiers?api_key=${key}`), 401, 'unauthorized');
  });

  it('is refused from the very moment of its expiry', async () => {
    const { id } = await lab.organization();
    const expires_at = new Date(lab.services.clock.now() + 100_000).toISOString();
    const key = await lab.newKey(id, { scopes: contract.scopes, expires_at });
    expect((await list(`Bearer ${key}`)).status).toBe(200);
    await lab.control('PUT', '/clock', { advance_seconds: 100 });
    expectRefusal(await list(`Bearer ${key}`), 401, 'unauthorized', 'expired');
  });

  it('stays valid without an expiry', async () => {
    const { id } = await lab.organization();
    const keys = [
      await lab.newKey(id, { scopes: contract.scopes }),
      await lab.newKey(id, { scopes: contract.scopes, expires_at: null }),
    ];
    await lab.control('PUT', '/clock', { advance_seconds: 86_400 * 3650 });
    for (const key of keys) expect((await list(`Bearer ${key}`)).status).toBe(200);
  });

  it('is unknown once its organisation is gone', async () => {
    const { id, key } = await lab.organization();
    expect((await list(`Bearer ${key}`)).status).toBe(200);
    expect((await lab.control('DELETE', `/organizations/${id}`)).status).toBe(204);
    expectRefusal(await list(`Bearer ${key}`), 401, 'unauthorized');
  });
});

describe('A plan', () => {
  it('without access to the API is refused, whatever was asked for', async () => {
    for (const [plan, { api }] of Object.entries(contract.plans)) {
      const { key } = await lab.organization({ plan });
      const reply = await lab.call('GET', '/dossiers', { key });
      if (api) expect(reply.status).toBe(200);
      else {
        expectRefusal(reply, 402, 'plan_required');
        const created = await lab.call('POST', '/dossiers', { key, body: '{' });
        expectRefusal(created, 402, 'plan_required');
        expectRefusal(await lab.call('GET', '/nowhere', { key }), 402, 'plan_required');
      }
    }
  });
});

describe('Scopes', () => {
  const served = {
    listDossiers: ['GET', '/dossiers'],
    createDossier: ['POST', '/dossiers'],
    getDossier: ['GET', '/dossiers/1'],
    listFlows: ['GET', '/flows'],
    listFlowStages: ['GET', '/flows/1/stages'],
  } as const;

  for (const [id, [method, path]] of Object.entries(served)) {
    const { scopes } = contract.operations[id as keyof typeof served];

    it(`let a key with ${scopes.join(', ')} do ${id}, and no other key`, async () => {
      const organization = await lab.organization();
      const right = await lab.newKey(organization.id, { scopes });
      const others = contract.scopes.filter((scope) => !scopes.includes(scope));
      const wrong = await lab.newKey(organization.id, { scopes: others });
      const none = await lab.newKey(organization.id, { scopes: [] });
      const done = await lab.call(method, path, { key: right });
      expect([200, 201, 400, 404]).toContain(done.status);
      for (const key of [wrong, none]) {
        const refused = await lab.call(method, path, { key });
        expectRefusal(refused, 403, 'forbidden', scopes.join(' and '));
      }
    });
  }

  it('are looked at before the input, which leaves no trace', async () => {
    const { id, key } = await lab.organization();
    const reader = await lab.newKey(id, { scopes: ['dossiers:read'] });
    const json = { type: 'candidate', name: 'Sophie' };
    expectRefusal(await lab.call('POST', '/dossiers', { key: reader, json }), 403, 'forbidden');
    expectRefusal(await lab.call('POST', '/dossiers', { key: reader, json: {} }), 403, 'forbidden');
    expect((await lab.call('GET', '/dossiers', { key })).body.meta.total).toBe(0);
    expect((await lab.call('POST', '/dossiers', { key, json })).status).toBe(201);
  });
});
