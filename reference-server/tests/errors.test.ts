import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { contract, expectRefusal, send, useLab, type TestOrganization } from './lab.ts';

const lab = useLab();
const dossier = { type: 'candidate', name: 'Sophie' };

let own: TestOrganization;
beforeAll(async () => {
  own = await lab.organization();
});

/** Sends bytes as they are and answers everything that comes back. */
const sendRaw = (request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(lab.server.url);
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });

/** Expects a whole answer with an error body and the headers that every answer has. */
const expectRawRefusal = (answer: string, status: number, code: string): void => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  expect(head).toMatch(/^content-type: application\/json\r?$/im);
  expect(head).toMatch(/^x-ratelimit-limit: \d+\r?$/im);
  expect(head).toMatch(/^x-ratelimit-remaining: \d+\r?$/im);
  const { error } = JSON.parse(body) as { error: { code: string; message: string } };
  expect(error.code).toBe(code);
  expect(error.message).not.toBe('');
};

describe('An unknown path', () => {
  it('is not found, and neither is a known path in another form', async () => {
    const paths = [
      '',
      '/',
      '/nowhere',
      '/dossiers/',
      '//dossiers',
      '/Dossiers',
      '/dossiers/1/2',
      '/flows/1',
      '/flows//stages',
      '/%64ossiers',
      '/dossiers%00',
      '/%zz',
      '/dossiers;x=1',
    ];
    for (const path of paths) {
      expectRefusal(await lab.call('GET', path, own), 404, 'not_found');
    }
    expect((await lab.call('GET', '/dossiers', own)).status).toBe(200);
  });

  it('outside of the API is not found by anybody, and says where the API is', async () => {
    const { origin, pathname } = new URL(lab.server.url);
    for (const path of [
      '/',
      '/favicon.ico',
      '/api',
      '/api/v2/dossiers',
      '/api/v10',
      '/API/v1/dossiers',
      '/control',
    ]) {
      expectRefusal(await send('GET', origin + path), 404, 'not_found', pathname);
    }
  });

  it('is unknown only to those whose key is known', async () => {
    expectRefusal(await lab.call('GET', '/nowhere'), 401, 'unauthorized');
  });
});

describe('A method that is not documented', () => {
  it('is not found at a known path', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']) {
      expectRefusal(await lab.call(method, '/dossiers', own), 404, 'not_found');
    }
    expectRefusal(await lab.call('POST', '/dossiers/1', own), 404, 'not_found');
  });

  it('such as HEAD is answered without a body', async () => {
    const reply = await lab.call('HEAD', '/dossiers', own);
    expect([reply.status, reply.text]).toEqual([404, '']);
    expect(reply.headers.get('x-ratelimit-limit')).not.toBeNull();
  });
});

describe('An operation that is not served yet', () => {
  it('is not found, and the answer says so', async () => {
    const served = ['listDossiers', 'createDossier', 'getDossier', 'listFlows', 'listFlowStages'];
    for (const { id, method, path } of Object.values(contract.operations)) {
      if (served.includes(id)) continue;
      const reply = await lab.call(method, path.replaceAll(/\{\w+\}/g, '1'), own);
      expectRefusal(reply, 404, 'not_found', `${id} is not served by this server yet.`);
    }
  });
});

describe('A body', () => {
  const post = (body: RequestInit['body'], headers: Record<string, string> = {}) =>
    lab.call('POST', '/dossiers', { key: own.key, body, headers });
  const json = { 'Content-Type': 'application/json' };

  it('is read as JSON by its media type, whose parameters don’t matter', async () => {
    for (const type of [
      'application/json',
      'APPLICATION/JSON',
      'application/json; charset=utf-8',
      'application/json ;x=y',
    ]) {
      const reply = await post(JSON.stringify(dossier), { 'Content-Type': type });
      expect(reply.status).toBe(201);
    }
  });

  it('of another media type, or of none, is refused with the names of those that are read', async () => {
    for (const type of [
      'text/plain',
      'application/pdf',
      'application/x-www-form-urlencoded',
      'application/jsonx',
      'application/vnd.api+json',
      '',
    ]) {
      const reply = await post(JSON.stringify(dossier), { 'Content-Type': type });
      expectRefusal(reply, 400, 'invalid_body', 'application/json or multipart/form-data');
    }
    expectRefusal(await post(Buffer.from(JSON.stringify(dossier))), 400, 'invalid_body');
  });

  it('has to be there', async () => {
    expectRefusal(await lab.call('POST', '/dossiers', own), 400, 'invalid_body');
    expectRefusal(await post('', json), 400, 'invalid_body', 'A body is required.');
  });

  it('that is not JSON is refused', async () => {
    for (const text of [
      '{',
      '{"type":"sales",}',
      "{'a':1}",
      'undefined',
      'NaN',
      '{}{}',
      ' ',
      '[[['.repeat(1e5),
    ]) {
      expectRefusal(await post(text, json), 400, 'invalid_body', 'The body is not valid JSON');
    }
  });

  it('that is not UTF-8 is refused', async () => {
    const latin = Buffer.from('{"type":"sales","name":"caf\u00e9"}', 'latin1');
    expectRefusal(await post(latin, json), 400, 'invalid_body', 'UTF-8');
  });

  it('is read up to the limit and refused beyond it', async () => {
    const frame = JSON.stringify({ ...dossier, intake_notes: '' }).length;
    const ofSize = (size: number) =>
      JSON.stringify({ ...dossier, intake_notes: 'x'.repeat(size - frame) });
    expect((await post(ofSize(contract.jsonBodyLimit), json)).status).toBe(201);
    const larger = ofSize(contract.jsonBodyLimit + 1);
    expectRefusal(await post(larger, json), 400, 'invalid_body', 'larger than 1048576 bytes');
  });

  it('may be compressed; the limit is that of what it unpacks to', async () => {
    const packed = { ...json, 'Content-Encoding': 'gzip' };
    expect((await post(gzipSync(JSON.stringify(dossier)), packed)).status).toBe(201);
    const bomb = gzipSync(' '.repeat(contract.jsonBodyLimit + 1));
    expectRefusal(await post(bomb, packed), 400, 'invalid_body', 'larger than');
    expectRefusal(await post('no gzip', packed), 400, 'invalid_body', 'cannot be read');
    const odd = { ...json, 'Content-Encoding': 'rot13' };
    expectRefusal(await post(JSON.stringify(dossier), odd), 400, 'invalid_body', 'cannot be read');
  });

  it('takes the last of two fields with one name', async () => {
    const reply = await post('{"type":"sales","name":"A","name":"B"}', json);
    expect([reply.status, reply.body.data.name]).toEqual([201, 'B']);
  });

  it('is answered in JSON whatever the Accept header asks for', async () => {
    const headers = { Accept: 'text/html' };
    expect((await lab.call('GET', '/flows', { key: own.key, headers })).status).toBe(200);
    expectRefusal(await lab.call('GET', '/x', { key: own.key, headers }), 404, 'not_found');
  });
});

describe('What is hardly a request', () => {
  it('is refused with an error body all the same', async () => {
    expectRawRefusal(await sendRaw('nonsense\r\n\r\n'), 400, 'invalid_body');
    expectRawRefusal(
      await sendRaw(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`),
      400,
      'invalid_body',
    );
    expectRawRefusal(await sendRaw('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n'), 404, 'not_found');
  });

  it('gets the answer of any other when only its Host is missing or strange', async () => {
    for (const host of ['', 'Host: example.com\r\n']) {
      const head = `${host}Authorization: Bearer ${own.key}\r\nConnection: close\r\n`;
      const { pathname } = new URL(lab.server.url);
      const answer = await sendRaw(`GET ${pathname}/flows HTTP/1.1\r\n${head}\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  it('is not found when its target is no path', async () => {
    const head = `Host: a\r\nConnection: close\r\n\r\n`;
    expectRawRefusal(await sendRaw(`OPTIONS * HTTP/1.1\r\n${head}`), 404, 'not_found');
  });
});

describe('Every answer', () => {
  it('hides what it is made with', async () => {
    const reply = await lab.call('GET', '/flows', own);
    expect(reply.headers.get('x-powered-by')).toBeNull();
    expect(reply.headers.get('etag')).toBeNull();
  });
});
