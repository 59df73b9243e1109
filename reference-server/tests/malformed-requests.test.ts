import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestServer, type TestOrganization } from './test-server.ts';

const api = useTestServer();
let own: TestOrganization;
beforeAll(async () => {
  own = await api.organization();
});

/** Sends raw bytes and returns everything that is received. */
const sendRaw = (request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(api.server.url);
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });

const request = (method: string, target: string, ...lines: string[]): string =>
  [`${method} ${target} HTTP/1.1`, 'Connection: close', ...lines, '', ''].join('\r\n');
const path = (below: string) => `${new URL(api.server.url).pathname}${below}`;
const authorization = () => `Authorization: Bearer ${own.key}`;

/** Expects a complete response with an error body and its media type. */
const expectRawRefusal = (answer: string, status: number, code: string): void => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  expect(head).toMatch(/^content-type: application\/json\r?$/im);
  const { error } = JSON.parse(body) as { error: { code: string; message: string } };
  expect(error.code).toBe(code);
  expect(error.message).not.toBe('');
};

describe('A malformed request', () => {
  const broken: [string, string][] = [
    ['nonsense', 'nonsense\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['too long a target', request('GET', `/${'x'.repeat(20_000)}`)],
    ['too many headers', request('GET', '/', `X: ${'x'.repeat(20_000)}`)],
    ['a header without a name', request('GET', '/', ': x')],
    ['two lengths', request('POST', '/', 'Content-Length: 1', 'Content-Length: 2')],
    ['a length that is none', request('POST', '/', 'Content-Length: x')],
  ];

  it.each(broken)('such as %s is refused with an error body', async (_, text) => {
    expectRawRefusal(await sendRaw(text), 400, 'invalid_body');
  });

  it('such as CONNECT is not found', async () => {
    expectRawRefusal(await sendRaw(request('CONNECT', 'a:1')), 404, 'not_found');
  });

  it('is not found when its target is not a path', async () => {
    expectRawRefusal(await sendRaw(request('OPTIONS', '*')), 404, 'not_found');
  });

  it('is handled like any other when its target is a whole URL', async () => {
    const [head = ''] = (
      await sendRaw(request('GET', `http://leadgrid.test${path('/flows')}?page=1`, authorization()))
    ).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('such as one with an unknown expectation gets a JSON response', async () => {
    const wish = request('GET', path('/flows'), authorization(), 'Expect: a-miracle');
    const [head = '', body = ''] = (await sendRaw(wish)).split('\r\n\r\n');
    expect(head).toMatch(/^content-type: application\/json\r?$/im);
    expect(() => JSON.parse(body) as unknown).not.toThrow();
  });

  it('such as a body in broken chunks is refused', async () => {
    const lines = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    const head = request('POST', path('/dossiers'), authorization(), ...lines);
    expectRawRefusal(await sendRaw(`${head}zz\r\n{}\r\n`), 400, 'invalid_body');
  });
});

describe('A client that resets its connection', () => {
  it('does not disturb the server', async () => {
    const { port, hostname } = new URL(api.server.url);
    await new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('GET / HTTP/1.1\r\n\r\n'));
      // After the response the server keeps the connection open for the next request.
      socket.once('data', () => socket.resetAndDestroy());
      socket.on('close', resolve);
    });
    expect((await api.call('GET', '/flows', own)).status).toBe(200);
  });
});

describe('A request without a body', () => {
  it.each(['application/json', 'multipart/form-data; boundary=x'])(
    'is refused where one of %s is required',
    async (type) => {
      const lines = [authorization(), `Content-Type: ${type}`];
      const answer = await sendRaw(request('POST', path('/dossiers'), ...lines));
      expectRawRefusal(answer, 400, 'invalid_body');
      expect(answer).toMatch(/"(A body|type) is required\."/);
    },
  );
});

describe('An unusual but valid request', () => {
  it.each(['', 'Host: example.com', 'Host:'])(
    'gets a response when its Host is %j',
    async (host) => {
      const lines = [host, authorization()].filter((line) => line !== '');
      expect(await sendRaw(request('GET', path('/flows'), ...lines))).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it('gets a response when it requests an upgrade', async () => {
    const lines = ['Upgrade: websocket', authorization()];
    const answer = await sendRaw(
      request('GET', path('/flows'), ...lines).replace(
        'Connection: close',
        'Connection: upgrade, close',
      ),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('Every response', () => {
  it('does not reveal its software', async () => {
    const reply = await api.call('GET', '/flows', own);
    for (const name of ['x-powered-by', 'etag', 'server'])
      expect(reply.headers.get(name)).toBeNull();
  });

  it('has the length of its body in bytes', async () => {
    const json = { full_name: 'Zoë 🙂' };
    for (const reply of [
      await api.call('POST', '/contacts', { key: own.key, json }),
      await api.call('GET', '/contacts', own),
      await api.call('GET', '/contacts'),
    ]) {
      expect(Number(reply.headers.get('content-length'))).toBe(Buffer.byteLength(reply.text));
    }
  });
});
