import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { contract, expectRefusal, useLab, type Sending, type TestOrganization } from './lab.ts';

const lab = useLab();
let own: TestOrganization;
beforeAll(async () => {
  own = await lab.organization();
});

const post = (body: Sending['body'], headers: Record<string, string> = {}) =>
  lab.call<Schemas['Contact']>('POST', '/contacts', {
    ...{ key: own.key, body },
    headers: { 'Content-Type': 'application/json', ...headers },
  });

describe('A body of JSON', () => {
  const packed = { 'Content-Encoding': 'gzip' };

  it('may be compressed; the limit is that of what it unpacks to', async () => {
    expect((await post(gzipSync('{"full_name":"Packed"}'), packed)).status).toBe(201);
    const bomb = await post(gzipSync(' '.repeat(contract.jsonBodyLimit + 1)), packed);
    expectRefusal(bomb, 400, 'invalid_body', /larger than/);
  });

  it('is refused when it cannot be unpacked', async () => {
    for (const body of ['no gzip', gzipSync('{"full_name":"Packed"}').subarray(0, 9)]) {
      expectRefusal(await post(body, packed), 400, 'invalid_body', /cannot be read/);
    }
    // The last ones are names that every object has.
    for (const name of ['rot13', 'constructor', '__proto__']) {
      const odd = await post('{"full_name":"A"}', { 'Content-Encoding': name });
      expectRefusal(odd, 400, 'invalid_body', /cannot be read/);
    }
  });

  it('may begin with a byte order mark', async () => {
    expect((await post('\ufeff{"full_name":"A"}')).status).toBe(201);
  });

  it('has the last value of a field that it has twice', async () => {
    const { body } = await post('{"full_name":"A","full_name":"B"}');
    expect(body.data.full_name).toBe('B');
  });

  it('may have fields with names that every object has, which are ignored', async () => {
    const only = await post('{"__proto__":{"full_name":"A"}}');
    expectRefusal(only, 400, 'invalid_body', 'full_name is required.');
    const odd = '{"full_name":"A","__proto__":{"city":"B"},"constructor":1,"toString":null}';
    const { status, body } = await post(odd);
    expect([status, body.data]).toMatchObject([201, { full_name: 'A', city: null }]);
  });

  it('keeps half of a surrogate pair', async () => {
    const { body } = await post('{"full_name":"\\ud83d"}');
    expect(body.data.full_name).toBe('\ud83d');
  });

  it('is read by its media type in any letter case', async () => {
    const reply = await post('{"full_name":"A"}', { 'Content-Type': 'Application/JSON; a=b' });
    expect(reply.status).toBe(201);
  });
});
