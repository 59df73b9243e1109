import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, useLab } from './lab.ts';
import { ask, furnish, operations, writes } from './operations.ts';
import { portrait } from './portrait.ts';
import { stillTime } from './still-time.ts';

const list = (lab: ReturnType<typeof useLab>, Authorization?: string) =>
  lab.call('GET', '/dossiers', Authorization === undefined ? {} : { headers: { Authorization } });

describe('A key', () => {
  const lab = useLab();

  it('opens the API as bearer token in the Authorization header (LG-AUT-002)', async () => {
    const { key } = await lab.organization();
    expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
    expect((await list(lab, `Bearer   ${key}`)).status).toBe(200);
  });

  it('may be announced in whatever letter case (LG-AUT-017)', async () => {
    const { key } = await lab.organization();
    for (const scheme of ['bearer', 'BEARER', 'bEARER']) {
      expect((await list(lab, `${scheme} ${key}`)).status).toBe(200);
    }
  });

  it('starts with the prefix of the contract and is random (LG-AUT-006)', async () => {
    const organization = await lab.organization();
    const another = await lab.newKey(organization.id, { scopes: [] });
    expect(contract.keyPrefix).toBe('lg_live_');
    for (const key of [organization.key, another]) expect(key).toMatch(/^lg_live_[\w-]{24,}$/);
    expect(another).not.toBe(organization.key);
  });

  it('is kept nowhere, only its hash, so that nothing can show it again (LG-AUT-016)', async () => {
    const { key } = await lab.organization();
    const secret = key.slice(contract.keyPrefix.length);
    expect(JSON.stringify([...lab.state.keys.rows])).not.toContain(secret);
  });

  it('is refused when another form of it is sent than the one that was given out (LG-AUT-005)', async () => {
    const { key } = await lab.organization();
    const swapped = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    const strangers = [swapped, `${key}x`, key.slice(0, -1), contract.keyPrefix, `${key},${key}`];
    for (const token of strangers) {
      expectRefusal(await list(lab, `Bearer ${token}`), 401, 'unauthorized', 'not known');
    }
    expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
  });

  it('is refused without its prefix, and behind another one (LG-AUT-007)', async () => {
    const { key } = await lab.organization();
    const bare = key.slice(contract.keyPrefix.length);
    for (const token of [bare, `lg_test_${bare}`, `sk_live_${key}`, `LG_LIVE_${bare}`]) {
      expectRefusal(await list(lab, `Bearer ${token}`), 401, 'unauthorized', 'start with lg_live_');
    }
    expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
  });

  it('is refused in a header that holds no bearer token (LG-AUT-004)', async () => {
    const { key } = await lab.organization();
    const basic = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const empty = ['', 'Bearer', 'Bearer '];
    const headers = [...empty, key, `Basic ${key}`, basic, `Bearer ${key} x`, `Bearer:${key}`];
    for (const header of headers) expectRefusal(await list(lab, header), 401, 'unauthorized');
    expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
  });

  it('counts as missing when it is sent anywhere else (LG-AUT-003)', async () => {
    const { key } = await lab.organization();
    for (const name of ['api_key', 'access_token', 'key', 'Authorization']) {
      const query = new URLSearchParams({ [name]: `Bearer ${key}` }).toString();
      expectRefusal(await lab.call('GET', `/dossiers?${query}`), 401, 'unauthorized');
      const headers = { 'X-Api-Key': key, Cookie: `${name}=${key}`, 'Proxy-Authorization': key };
      expectRefusal(await lab.call('GET', '/dossiers', { headers }), 401, 'unauthorized');
      const json = { type: 'sales', name: 'A', [name]: key };
      expectRefusal(await lab.call('POST', '/dossiers', { json }), 401, 'unauthorized');
    }
    expect((await lab.call('GET', '/dossiers', { key })).body.meta.total).toBe(0);
  });

  it.each(operations)('is needed for $id (LG-AUT-001, LG-AUT-005)', async ({ id }) => {
    const own = await furnish(lab);
    expectRefusal(await ask(lab, id, own), 401, 'unauthorized');
    const never = `${contract.keyPrefix}${'x'.repeat(32)}`;
    expectRefusal(await ask(lab, id, own, { key: never }), 401, 'unauthorized');
    expect((await ask(lab, id, own, own)).status).toBeLessThan(300);
  });

  it.each(writes)(
    'that is missing keeps $id from having an effect (LG-AUT-020)',
    async ({ id }) => {
      const own = await furnish(lab);
      const before = await portrait(lab, own.key);
      expectRefusal(await ask(lab, id, own), 401, 'unauthorized');
      expect(await portrait(lab, own.key)).toEqual(before);
    },
  );

  it('is unknown once its organisation is gone', async () => {
    const { id, key } = await lab.organization();
    expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
    expect((await lab.control('DELETE', `/organizations/${id}`)).status).toBe(204);
    expectRefusal(await list(lab, `Bearer ${key}`), 401, 'unauthorized');
  });
});

describe('An expiry', () => {
  const lab = useLab({}, stillTime());
  const now = async () => (await lab.control<{ now: string }>('GET', '/clock')).body.data.now;

  it('ends a key at its very instant, not before (LG-AUT-008, LG-AUT-010)', async () => {
    const { id } = await lab.organization();
    const expires_at = new Date(Date.parse(await now()) + 100_000).toISOString();
    const key = await lab.newKey(id, { scopes: contract.scopes, expires_at });
    await lab.control('PUT', '/clock', { advance_seconds: 99.999 });
    expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
    await lab.control('PUT', '/clock', { advance_seconds: 0.001 });
    expectRefusal(await list(lab, `Bearer ${key}`), 401, 'unauthorized', 'expired');
  });

  it('means the same moment in whatever offset it is written', async () => {
    const { id } = await lab.organization();
    const moment = new Date(Date.parse(await now()) + 3_600_000).toISOString().slice(0, 19);
    const far = await lab.newKey(id, { scopes: contract.scopes, expires_at: `${moment}-02:00` });
    const past = await lab.newKey(id, { scopes: contract.scopes, expires_at: `${moment}+02:00` });
    expect((await list(lab, `Bearer ${far}`)).status).toBe(200);
    expectRefusal(await list(lab, `Bearer ${past}`), 401, 'unauthorized', 'expired');
  });

  it('that was not set leaves a key valid, while others of its organisation end (LG-AUT-009)', async () => {
    const { id } = await lab.organization();
    const keys = [
      await lab.newKey(id, { scopes: contract.scopes }),
      await lab.newKey(id, { scopes: contract.scopes, expires_at: null }),
    ];
    const expires_at = new Date(Date.parse(await now()) + 1000).toISOString();
    const mortal = await lab.newKey(id, { scopes: contract.scopes, expires_at });
    await lab.control('PUT', '/clock', { advance_seconds: 86_400 * 3650 });
    for (const key of keys) expect((await list(lab, `Bearer ${key}`)).status).toBe(200);
    expectRefusal(await list(lab, `Bearer ${mortal}`), 401, 'unauthorized', 'expired');
  });

  it.each(writes)('keeps $id from having an effect (LG-AUT-008, LG-AUT-020)', async ({ id }) => {
    const own = await furnish(lab);
    const expires_at = await now();
    const key = await lab.newKey(own.id, { scopes: contract.scopes, expires_at });
    const before = await portrait(lab, own.key);
    expectRefusal(await ask(lab, id, own, { key }), 401, 'unauthorized', 'expired');
    expect(await portrait(lab, own.key)).toEqual(before);
  });
});

describe('The keys of organisations', () => {
  const lab = useLab();

  it('all see the same where they are of one (LG-AUT-012)', async () => {
    const own = await furnish(lab);
    const another = await lab.newKey(own.id, { scopes: contract.scopes });
    await ask(lab, 'createDossier', own, { key: another });
    await ask(lab, 'createDossierNote', own, { key: another });
    await ask(lab, 'createContact', own, own);
    const seen = await portrait(lab, own.key);
    expect(await portrait(lab, another)).toEqual(seen);
    expect([seen.dossiers, seen.contacts].map(({ meta }) => meta.total)).toEqual([2, 4]);
    expect(seen.details.flatMap(({ notes }) => notes.data)).toHaveLength(2);
  });

  it('see nothing of another’s in lists (LG-AUT-011)', async () => {
    const [own, other] = [await furnish(lab), await furnish(lab)];
    const seen = JSON.stringify(await portrait(lab, own.key));
    const { dossiers, contacts, flows, details } = await portrait(lab, other.key);
    const foreign = [dossiers, contacts, flows, ...details.map(({ notes }) => notes)]
      .flatMap(({ data }) => data)
      .map(({ id }) => id);
    expect(foreign).toHaveLength(6);
    for (const id of foreign) expect(seen).not.toContain(id);
    for (const path of ['/contacts?search=mark@x.example', '/dossiers?type=sales']) {
      expect((await lab.call('GET', path, own)).body.meta.total).toBe(1);
    }
  });
});
