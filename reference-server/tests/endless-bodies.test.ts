import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { maxBodyBytes } from '../http/body-bytes.ts';
import { responseReadTimeout, maxDrainBytes } from '../http/response.ts';
import { contract, type TestOrganization, useTestServer } from './test-server.ts';
import { answersIn, comes, errorIn, open, raw, statusesIn, useAccepted } from './raw.ts';

const accepted = useAccepted();
const api = useTestServer();
let own: TestOrganization;
beforeAll(async () => {
  own = await api.organization();
});

const mebibyte = 1024 * 1024;
/** What two operating systems hold of a connection between them, and then some. */
const buffers = 16 * mebibyte;

const chunk = (text: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${text.length.toString(16)}\r\n`), text, Buffer.from('\r\n')]);
const filler = chunk(Buffer.alloc(64 * 1024, ' '));

const start = (method: string, path: string, headers: Record<string, string>, key = own.key) =>
  raw(method, path.startsWith('http') ? path : `${api.server.url}${path}`, {
    ...(key !== '' && { Authorization: `Bearer ${key}` }),
    'Transfer-Encoding': 'chunked',
    ...headers,
  });
const type = (name: string) => ({ 'Content-Type': name });
const form = type('multipart/form-data; boundary=x');
const part = (disposition: string) =>
  chunk(Buffer.from(`--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n%PDF-`));

const packed = chunk(gzipSync(Buffer.alloc(8 * mebibyte, ' ')));

interface Endless {
  readonly head: () => string;
  readonly first?: Buffer;
  readonly piece?: Buffer;
  readonly status: number;
  readonly message?: RegExp;
  /** How much is read before the answer. */
  readonly limit?: number;
}

const endless: Record<string, Endless> = {
  'a body of JSON': {
    head: () => start('POST', '/contacts', type('application/json')),
    ...{ status: 400, message: /larger than 1048576 bytes/, limit: contract.jsonBodyLimit },
  },
  'a packed body of JSON': {
    head: () =>
      start('POST', '/contacts', { ...type('application/json'), 'Content-Encoding': 'gzip' }),
    ...{ piece: packed, status: 400, message: /larger than 1048576 bytes/ },
  },
  'a file': {
    head: () => start('POST', `/dossiers/${own.id}/cv`, type('application/pdf')),
    ...{ status: 400, message: /larger than 10485760 bytes/, limit: 10 * mebibyte },
  },
  'a text of a form': {
    head: () => start('POST', '/dossiers', form),
    ...{ first: part('name="name"'), status: 400, limit: maxBodyBytes },
  },
  'a file of a form': {
    head: () => start('POST', '/dossiers', form),
    ...{ first: part('name="cv"; filename="a.pdf"'), status: 400, limit: maxBodyBytes },
  },
  'a body of no type that is taken': {
    head: () => start('POST', '/contacts', type('text/plain')),
    ...{ status: 400, message: /Content-Type/ },
  },
  'a body that a GET has no use for': { head: () => start('GET', '/flows', {}), status: 200 },
  'a body that a DELETE has no use for': {
    head: () => start('DELETE', `/contacts/${own.id}`, {}),
    status: 404,
  },
  'a body for a path that is none': { head: () => start('POST', '/nothing', {}), status: 404 },
  'a body outside of the API': {
    head: () => start('PUT', new URL('/', api.server.url).href, {}),
    status: 404,
  },
  'a body without a key': {
    head: () => start('POST', '/contacts', type('application/json'), ''),
    status: 401,
  },
  'a body of the control API': {
    head: () =>
      start('POST', `${api.server.controlUrl ?? ''}/organizations`, type('application/json')),
    ...{ status: 400, message: /larger than/, limit: contract.jsonBodyLimit },
  },
};

describe('A request without end', () => {
  it.each(Object.entries(endless))(
    'with %s is answered once its limit is passed, and then read no further',
    async (_, { head, first, piece = filler, status, message, limit = 0 }) => {
      accepted.clear();
      const { send, flood, end, text, socket } = await open(api.server.url);
      send(head(), ...(first ? [first] : []));
      const most = limit + maxDrainBytes + buffers;
      const sent = await flood(piece, 2 * most);
      expect(sent).toBeLessThan(most);
      const [answer, ...more] = answersIn(await end());
      expect([answer?.status, more]).toEqual([status, []]);
      expect(answer?.head).toMatch(/^connection: close\r?$/im);
      if (message) expect(answer && errorIn(answer).message).toMatch(message);
      expect(text()).not.toBe('');
      expect(await comes(() => [...accepted].every(({ destroyed }) => destroyed))).toBe(true);
      socket.destroy();
    },
  );

  it('is answered before more of it comes', async () => {
    for (const [length, status] of [
      [{ 'Content-Length': String(contract.jsonBodyLimit + 1) }, 400],
      [{ 'Content-Length': '99999999999' }, 400],
    ] as const) {
      const { send, waitForText, socket } = await open(api.server.url);
      const headers = { Authorization: `Bearer ${own.key}`, ...type('application/json') };
      send(raw('POST', `${api.server.url}/contacts`, { ...headers, ...length }));
      expect(statusesIn(await waitForText('"message"'))).toEqual([status]);
      socket.destroy();
    }
  });
});

describe('A request that is refused before its body is read', () => {
  it.each([100, 5 * mebibyte])('leaves its connection usable after %d bytes', async (size) => {
    const { send, waitForText, end } = await open(api.server.url);
    const body = 'x'.repeat(size);
    send(raw('POST', `${api.server.url}/contacts`, {}, body));
    await waitForText('"message"');
    send(raw('GET', `${api.server.url}/flows`, { Connection: 'close' }));
    expect(statusesIn(await end())).toEqual([401, 401]);
  });

  it.each(['destroyed', 'reset'])('may be %s by its client while it is read off', async (how) => {
    accepted.clear();
    const { socket, send, waitForText } = await open(api.server.url);
    send(raw('POST', `${api.server.url}/contacts`, { 'Content-Length': '1000' }), 'half');
    await waitForText('"message"');
    if (how === 'reset') socket.resetAndDestroy();
    else socket.destroy();
    expect(await comes(() => [...accepted].every(({ destroyed }) => destroyed))).toBe(true);
  });
});

describe('An answer that its client does not fetch', () => {
  it('is given up after a while, and its connection destroyed', async () => {
    for (let count = 0; count < 20; count += 1) {
      const json = { type: 'candidate', name: 'A', intake_notes: 'x'.repeat(mebibyte - 100) };
      expect((await api.call('POST', '/dossiers', { ...own, json })).status).toBe(201);
    }
    accepted.clear();
    const { socket, send } = await open(api.server.url);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      socket.pause();
      const authorization = { Authorization: `Bearer ${own.key}` };
      send(raw('GET', `${api.server.url}/dossiers`, authorization));
      const isStuck = () => [...accepted].some(({ writableLength }) => writableLength > 0);
      expect(await comes(isStuck)).toBe(true);
      vi.advanceTimersByTime(responseReadTimeout - 1);
      expect([...accepted].map(({ destroyed }) => destroyed)).toEqual([false]);
      vi.advanceTimersByTime(1);
      expect([...accepted].map(({ destroyed }) => destroyed)).toEqual([true]);
    } finally {
      vi.useRealTimers();
      socket.destroy();
    }
  });
});
