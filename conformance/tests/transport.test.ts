import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport as createPlainTransport, LostConnection } from '../http/transport.ts';
import { asFetch } from '../http/web-classes.ts';

const createTransport = () => asFetch(createPlainTransport());

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const serve = async (answer: RequestListener) => {
  const server = createServer({}, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close().closeAllConnections();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
};

/** Responds to the first request of a connection, and closes it at the second. */
const serveOnce = async () => {
  const methods: string[] = [];
  const seen = new WeakSet<Socket>();
  const url = await serve((request, response) => {
    methods.push(request.method ?? '');
    if (seen.has(request.socket)) request.socket.destroy();
    else response.end('{}');
    seen.add(request.socket);
  });
  return { url, methods };
};

const post = (url: string, body: string) => new Request(url, { method: 'POST', body });

describe('the way to a target', () => {
  it('sends method, headers and body unchanged, and returns the response unchanged', async () => {
    const url = await serve((request, response) => {
      void text(request).then((body) => {
        response.setHeader('x-seen', [request.headers['x-test'] as string, request.method ?? '']);
        response.writeHead(418, { 'content-encoding': 'unheard-of' }).end(`<${body}>`);
      });
    });
    const request = new Request(url, { method: 'PATCH', body: 'é\0', headers: { 'x-test': 'a' } });
    const answer = await createTransport()(request);
    expect(answer.status).toBe(418);
    expect(answer.headers.get('x-seen')).toBe('a, PATCH');
    expect(await answer.text()).toBe('<é\0>');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('decodes an answer that the server chose to send as %s', async (encoding, compress) => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('{"é":1}'));
    });
    expect(await (await createTransport()(new Request(url))).text()).toBe('{"é":1}');
  });

  it("returns a body that can't be decoded unchanged", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}');
    });
    expect(await (await createTransport()(new Request(url))).text()).toBe('{}');
  });

  it('returns a redirect as a response', async () => {
    const url = await serve((_, response) => {
      response.writeHead(302, { location: 'https://example.com/' }).end();
    });
    expect((await createTransport()(new Request(url))).status).toBe(302);
  });

  it('returns responses without a body', async () => {
    const url = await serve((_, response) => response.writeHead(204).end());
    expect((await createTransport()(new Request(url))).status).toBe(204);
  });

  it('ignores informational responses', async () => {
    const url = await serve((_, response) => {
      response.writeContinue();
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.end('the answer');
    });
    expect(await (await createTransport()(new Request(url))).text()).toBe('the answer');
  });

  it('says so when a connection that a write may use again is closed under it', async () => {
    const { url, methods } = await serveOnce();
    const send = createPlainTransport();
    const write = { method: 'POST', url, headers: {}, body: Buffer.from('a') };
    expect((await send({ ...write, reuse: true })).status).toBe(200);
    await expect(send({ ...write, reuse: true })).rejects.toThrow(LostConnection);
    expect((await send(write)).status).toBe(200);
    expect(methods).toEqual(['POST', 'POST', 'POST']);
  });

  it('reads no more than 32 MB of a body, and keeps its beginning', async () => {
    const url = await serve((_, response) => {
      const flood = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1024 * 1024)));
        if (!response.destroyed) response.once('drain', flood);
      };
      flood();
    });
    const { oversized, body } = await createPlainTransport()({ method: 'GET', url, headers: {} });
    expect([oversized, body.length]).toEqual([true, 64 * 1024]);
  });

  it('decodes no more than 32 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024));
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const { oversized } = await createPlainTransport()({ method: 'GET', url, headers: {} });
    expect(oversized).toBe(true);
  });

  it.each(['localhost', '[::1]', '127.0.0.1'])('reaches a server at %s', async (host) => {
    const server = createServer({}, (_, response) => response.end('here'));
    server.listen(0, host === '127.0.0.1' ? host : '::1');
    await once(server, 'listening');
    closers.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const url = `http://${host}:${String(port)}/a?b=c`;
    const { body } = await createPlainTransport()({ method: 'GET', url, headers: {} });
    expect(body).toBe('here');
  });

  it('sends a write that may use a kept connection with its length and its headers', async () => {
    const url = await serve((request, response) => {
      void text(request).then((body) => {
        const { 'content-length': length, 'x-test': test } = request.headers;
        response.end(JSON.stringify([request.method, request.url, length, test, body]));
      });
    });
    const sent = { method: 'PATCH', url: `${url}a?b=c#d`, headers: { 'x-test': 'ä' }, reuse: true };
    const { body } = await createPlainTransport()({ ...sent, body: Buffer.from('é') });
    expect(JSON.parse(body)).toEqual(['PATCH', '/a?b=c', '2', 'ä', 'é']);
  });

  it.each(['100 Continue', '101 Switching Protocols'])(
    'sends a write that got %s unasked over a connection of its own when the rule is executed again',
    async (interim) => {
      const server = createPlainServer((socket) => {
        const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
        socket.once('data', () => socket.end(`HTTP/1.1 ${interim}\r\n\r\n${answer}`));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(() => void server.close());
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
      const send = createPlainTransport();
      const write = { method: 'POST', url, headers: {}, body: Buffer.from('a') };
      await expect(send({ ...write, reuse: true })).rejects.toThrow(LostConnection);
      const { status } = await send(write);
      expect(status).toBe(interim.startsWith('100') ? 200 : 101);
      expect((await send({ method: 'GET', url, headers: {} })).status).toBe(status);
    },
  );

  it('sends what undici refuses by the client of Node', async () => {
    const url = await serve((request, response) => response.end(request.headers.expect));
    const headers = { expect: 'nothing' };
    const read = createPlainTransport()({ method: 'GET', url, headers });
    await expect(read.then(({ status }) => status)).resolves.toBe(417);
  });

  it('reads a response that comes before the request is written, and leaves that connection', async () => {
    const sockets = new Set<Socket>();
    const url = await serve((request, response) => {
      sockets.add(request.socket);
      response.end('{}');
    });
    const send = createPlainTransport();
    const body = Buffer.alloc(30 * 1024 * 1024);
    for (const long of [body, body, Buffer.from('a')]) {
      const write = { method: 'POST', url, headers: {}, body: long, reuse: true };
      expect((await send(write)).status).toBe(200);
    }
    expect(sockets.size).toBe(3);
  });

  it('leaves the client behind `fetch` as it was, which functions of a user may call', () => {
    const transport = new URL('../http/transport.ts', import.meta.url).href;
    const listed = `Object.getOwnPropertySymbols(globalThis).map(String).join('\\n')`;
    const script = `await import(${JSON.stringify(transport)}); console.log(${listed})`;
    const flags = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const symbols = execFileSync(process.execPath, flags, { encoding: 'utf8' });
    expect(symbols).not.toContain('undici');
  });

  it('uses no connection twice for a write, as the server may close it', async () => {
    const { url, methods } = await serveOnce();
    const send = createTransport();
    for (const body of ['a', 'b', 'c']) expect((await send(post(url, body))).status).toBe(200);
    expect(methods).toEqual(['POST', 'POST', 'POST']);
  });

  it('sends a GET again when its connection was closed', async () => {
    const { url, methods } = await serveOnce();
    const send = createTransport();
    expect((await send(new Request(url))).status).toBe(200);
    expect((await send(new Request(url))).status).toBe(200);
    expect(methods).toEqual(['GET', 'GET', 'GET']);
  });

  it('does not send a request again when the server closed a new connection', async () => {
    const methods: string[] = [];
    const url = await serve((request) => {
      methods.push(request.method ?? '');
      request.socket.destroy();
    });
    const send = createTransport();
    await expect(send(post(url, 'a'))).rejects.toThrow('socket hang up');
    await expect(send(new Request(url))).rejects.toThrow('socket hang up');
    expect(methods).toEqual(['POST', 'GET']);
  });

  it('aborts a request on its signal', async () => {
    const url = await serve(() => undefined);
    const controller = new AbortController();
    const answer = createTransport()(new Request(url), controller.signal);
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
  });
});
