import { beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { defaultConnectionLimits } from '../http/connections.ts';
import { type TestOrganization, useTestServer } from './test-server.ts';
import { answersIn, comes, errorIn, open, raw, statusesIn, useAccepted } from './raw.ts';

const accepted = useAccepted();
const limits = {
  ...defaultConnectionLimits,
  ...{ head: 400, request: 800, checkInterval: 50, linger: 300, waiting: 20 },
};
const api = useTestServer({}, { limits });
let own: TestOrganization;
beforeAll(async () => {
  own = await api.organization({ rate_limit: { requests: 100_000, window_seconds: 60 } });
});

const url = (path: string): string => `${api.server.url}${path}`;
const authorized = (more: Record<string, string> = {}) => ({
  Authorization: `Bearer ${own.key}`,
  ...more,
});
const get = (path: string, more: Record<string, string> = {}) =>
  raw('GET', url(path), authorized(more));
const json = (more: Record<string, string> = {}) =>
  authorized({ 'Content-Type': 'application/json', ...more });
const contact = (name: string, more: Record<string, string> = {}) =>
  raw('POST', url('/contacts'), json(more), JSON.stringify({ full_name: name }));

const isThere = async (name: string): Promise<boolean> => {
  const { body } = await api.call<Schemas['Contact'][]>('GET', `/contacts?search=${name}`, own);
  return body.data.length > 0;
};

/** Expects that the server has destroyed all its connections. */
const expectAllDestroyed = async (): Promise<void> => {
  expect(await comes(() => [...accepted].every(({ destroyed }) => destroyed), 3000)).toBe(true);
};

const chunked = { 'Transfer-Encoding': 'chunked' };

describe('An ended connection', () => {
  const halves: [string, () => string][] = [
    ['sends invalid HTTP', () => 'nonsense\r\n\r\n'],
    ['requests a tunnel', () => 'CONNECT example.invalid:443 HTTP/1.1\r\n\r\n'],
    ['requests an upgrade', () => get('/flows', { Connection: 'upgrade', Upgrade: 'tea' })],
    ['sends nothing', () => ''],
    ['sends half of its headers', () => 'GET / HTTP/1.1\r\nHost: x\r\nX-Half: '],
    ['sends half of a body', () => contact('Half', { 'Content-Length': '100' })],
    ['sends half of a chunk', () => `${raw('POST', url('/contacts'), json(chunked))}100\r\n{`],
    ['sends half of an unneeded body', () => get('/flows', { 'Content-Length': '100' })],
    ['sends an invalid chunk', () => `${raw('POST', url('/contacts'), json(chunked))}zz\r\n{`],
    ['sends Connection: close', () => get('/flows', { Connection: 'close' })],
  ];

  it.each(halves)(
    'is destroyed even if its client, which %s, never closes it',
    async (_, request) => {
      accepted.clear();
      const many = await Promise.all(Array.from({ length: 50 }, () => open(api.server.url)));
      for (const { send } of many) send(request());
      await expectAllDestroyed();
      const texts = await Promise.all(many.map(({ end }) => end()));
      for (const text of texts) expect(answersIn(text).length).toBe(request() === '' ? 0 : 1);
      expect((await api.call('GET', '/flows', own)).status).toBe(200);
    },
  );

  it('may be reset while it requests a tunnel or an upgrade', async () => {
    for (const request of [
      'CONNECT a:1 HTTP/1.1\r\n\r\n',
      get('/flows', { Connection: 'upgrade', Upgrade: 'tea' }),
    ]) {
      for (const wait of [false, true]) {
        const { socket, send, waitForText } = await open(api.server.url);
        send(request);
        if (wait) await waitForText('\r\n\r\n');
        socket.resetAndDestroy();
      }
    }
    expect((await api.call('GET', '/flows', own)).status).toBe(200);
  });
});

describe('A slow request', () => {
  it.each([
    ['in its headers', () => 'GET / HTTP/1.1\r\nX: '],
    ['in its JSON body', () => contact('Late', { 'Content-Length': '100' })],
    [
      'in its form',
      () =>
        raw(
          'POST',
          url('/dossiers'),
          authorized({ 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '99' }),
          '--x\r\n',
        ),
    ],
  ])('%s is refused with an error that says so', async (_, request) => {
    const { send, end } = await open(api.server.url);
    send(request());
    const [answer, ...more] = answersIn(await end());
    expect([answer?.status, more]).toEqual([400, []]);
    expect(answer && errorIn(answer)).toEqual({
      code: 'invalid_body',
      message: expect.stringMatching(/did not arrive in time: .*0\.4 seconds.*0\.8 s/) as string,
    });
  });

  it('has no effect when the rest arrives after the time-out', async () => {
    const { send, waitForText } = await open(api.server.url);
    const [first = '', second = ''] = contact('Toolate').split('Content-Type');
    send(first);
    await waitForText('did not arrive in time');
    send(`Content-Type${second}`);
    await expectAllDestroyed();
    expect(await isThere('Toolate')).toBe(false);
  });
});

describe('Bytes after a request', () => {
  it('are refused after the response to the request, which counts', async () => {
    const { send, end } = await open(api.server.url);
    send(`${contact('Stray')}x`);
    const [first, second, ...more] = answersIn(await end());
    expect([first?.status, second?.status, more]).toEqual([201, 400, []]);
    expect(second && errorIn(second).message).toMatch(/not valid HTTP/);
    expect(await isThere('Stray')).toBe(true);
  });

  it('are ignored when the request closes the connection', async () => {
    const { send, end } = await open(api.server.url);
    send(contact('Closing', { Connection: 'close' }), 'x'.repeat(100_000));
    expect(statusesIn(await end())).toEqual([201]);
    expect(await isThere('Closing')).toBe(true);
  });

  it('are handled as the next request, which sees the changes of the first', async () => {
    const { send, end } = await open(api.server.url);
    const search = get('/contacts?search=Pipelined');
    send(
      [
        ...[search, contact('Pipelined 1'), search, contact('Pipelined 2'), search],
        ...[raw('GET', url('/flows')), 'CONNECT a:1 HTTP/1.1\r\n\r\n'],
      ].join(''),
    );
    const answers = answersIn(await end());
    expect(answers.map(({ status }) => status)).toEqual([200, 201, 200, 201, 200, 401, 404]);
    const found = [0, 2, 4].map((at) => (JSON.parse(answers[at]?.body ?? '') as Page).meta.total);
    expect(found).toEqual([0, 1, 2]);
  });

  it('are refused if invalid, after the responses to all requests before them', async () => {
    const { send, end } = await open(api.server.url);
    send(get('/flows').repeat(15), 'nonsense');
    expect(statusesIn(await end())).toEqual([...Array<number>(15).fill(200), 400]);
  });

  it('close the connection when too many requests wait for a slow response', async () => {
    accepted.clear();
    const { send, end } = await open(api.server.url);
    send(get('/flows', { Prefer: 'delay=30000' }), get('/flows').repeat(limits.waiting + 1));
    expect(await end()).toBe('');
    await expectAllDestroyed();
  });

  it('are not lost silently after a request for an upgrade', async () => {
    const { send, end } = await open(api.server.url);
    send(get('/flows', { Connection: 'upgrade', Upgrade: 'websocket' }), get('/flows'));
    const [first, ...more] = answersIn(await end());
    expect([first?.status, more]).toEqual([200, []]);
    expect(first?.head).toMatch(/^connection: close\r?$/im);
  });

  it('may end with the client’s half of the connection: the response is still sent', async () => {
    const { socket, send, end } = await open(api.server.url);
    send(get('/flows'), contact('Goodbye'));
    socket.end();
    expect(statusesIn(await end())).toEqual([200, 201]);
  });
});

interface Page {
  readonly meta: { readonly total: number };
}

describe('A request for an upgrade', () => {
  it('is read with its body', async () => {
    const { send, waitForText } = await open(api.server.url);
    send(contact('Upgraded', { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' }));
    expect(await waitForText('Upgraded')).toMatch(/^HTTP\/1\.1 201 /);
  });
});

describe('A client that waits for 100 Continue', () => {
  const expecting = { Expect: '100-continue' };

  it('gets it when the request is handled', async () => {
    const { send, waitForText } = await open(api.server.url);
    const [head = '', body = ''] = contact('Asked', expecting).split(/(?<=\r\n\r\n)/);
    send(head);
    expect(await waitForText('\r\n\r\n')).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    send(body);
    expect(await waitForText('Asked')).toMatch(/HTTP\/1\.1 201 /);
  });

  it('need not send the body of a request that is refused', async () => {
    const { send, waitForText } = await open(api.server.url);
    const headers = { ...expecting, 'Content-Type': 'application/json', 'Content-Length': '9' };
    send(raw('POST', url('/contacts'), headers));
    const [answer] = answersIn(await waitForText('"message"'));
    expect(answer?.status).toBe(401);
    expect(answer?.head).toMatch(/^connection: close\r?$/im);
  });
});

describe('The headers of a request', () => {
  it('may be many, up to the size limit', async () => {
    const { send, waitForText } = await open(api.server.url);
    const many = Array.from({ length: 1500 }, (_, at) => `h${at.toString(36)}:\r\n`).join('');
    const request = get('/flows').replace('Host:', `${many}Host:`);
    send(request);
    expect(await waitForText('\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['a header', () => get('/flows', { X: 'x'.repeat(20_000) })],
    [
      'a trailer',
      () =>
        raw('POST', url('/contacts'), json(chunked)) +
        `2\r\n{}\r\n0\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
  ])('may not have %s that is too large', async (_, request) => {
    const { send, end } = await open(api.server.url);
    send(request());
    const answer = answersIn(await end()).at(-1);
    expect(answer && errorIn(answer).message).toMatch(/request line and the headers are too large/);
  });
});
