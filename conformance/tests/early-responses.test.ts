import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport as createPlainTransport } from '../http/transport.ts';
import { asFetch } from '../http/web-classes.ts';

const createTransport = () => asFetch(createPlainTransport());

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that writes these bytes as soon as it has received the request's headers. */
const serveRaw = async (answer: (socket: Socket) => void) => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
    socket.once('data', () => {
      answer(socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
};

/** A refusal with a Content-Length. */
const refusal =
  'HTTP/1.1 413 Payload Too Large\r\ncontent-type: application/json\r\n' +
  'connection: close\r\ncontent-length: 15\r\n\r\n{"error":"big"}';

/**
 * A server in another thread that refuses every connection and reads nothing, as soon as the
 * counter shows that the connection is open at the other end.
 */
const serveElsewhere = async (end: string, opened: Int32Array) => {
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { opened, refusal, end } = workerData;
    let count = 0;
    const server = require('node:net').createServer({ pauseOnConnect: true }, (socket) => {
      Atomics.wait(opened, 0, count, 2000);
      count += 1;
      socket.on('error', () => undefined);
      socket.write(refusal, () => setTimeout(() => socket[end](), 5));
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
  `;
  const worker = new Worker(source, { eval: true, workerData: { refusal, end, opened } });
  closers.push(() => void worker.terminate());
  const [port] = (await once(worker, 'message')) as [number];
  return `http://127.0.0.1:${String(port)}/`;
};

/** More than the buffers of a connection can hold. */
const large = 'x'.repeat(8 * 1024 * 1024);

const post = (url: string, body: string) => new Request(url, { method: 'POST', body });

describe('an odd response', () => {
  it('may have a status that `Response` does not allow', async () => {
    for (const status of [600, 999]) {
      const url = await serveRaw((socket) => {
        socket.end(`HTTP/1.1 ${String(status)} Odd\r\nconnection: close\r\n\r\n{}`);
      });
      const answer = await createTransport()(new Request(url));
      expect([answer.status, await answer.text()]).toEqual([status, '{}']);
    }
  });

  it('may be a switch of protocols, which has no body', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: tea\r\n\r\n');
    });
    const answer = await createTransport()(new Request(url));
    expect([answer.status, await answer.text()]).toEqual([101, '']);
  });
});

describe('a response that arrives before the request is written', () => {
  const ways: readonly (readonly [string, (socket: Socket) => void])[] = [
    ['is closed at once', (socket) => void socket.end(refusal, () => socket.destroy())],
    ['is reset at once', (socket) => void socket.write(refusal, () => socket.resetAndDestroy())],
    [
      'is closed 5 ms later',
      (socket) => {
        socket.pause().write(refusal);
        setTimeout(() => socket.destroy(), 5);
      },
    ],
    [
      'is reset 5 ms later',
      (socket) => {
        socket.pause().write(refusal);
        setTimeout(() => socket.resetAndDestroy(), 5);
      },
    ],
    ['is half-closed and not read', (socket) => void socket.pause().end(refusal)],
    ['is read to its end', (socket) => void socket.on('data', () => undefined).write(refusal)],
    ['stays open and is not read', (socket) => void socket.pause().write(refusal)],
  ];

  it.each(ways)('counts when the connection %s', async (_, answer) => {
    const url = await serveRaw(answer);
    const send = createTransport();
    for (let time = 1; time <= 8; time += 1) {
      const received = await send(post(url, large));
      expect([received.status, await received.text()]).toEqual([413, '{"error":"big"}']);
    }
  });

  it.each(['destroy', 'resetAndDestroy'])(
    'counts when even the first write fails: %s',
    async (end) => {
      const opened = new Int32Array(new SharedArrayBuffer(4));
      const pause = new Int32Array(new SharedArrayBuffer(4));
      const url = await serveElsewhere(end, opened);
      // This process is busy while the connection opens, so it writes after the other end has closed it.
      const listener = (message: unknown): void => {
        const { socket } = message as { socket: Socket };
        socket.once('connect', () => {
          Atomics.add(opened, 0, 1);
          Atomics.notify(opened, 0);
          Atomics.wait(pause, 0, 0, 100);
        });
      };
      subscribe('net.client.socket', listener);
      closers.push(() => unsubscribe('net.client.socket', listener));
      for (const request of [post(url, large), post(url, 'small'), new Request(url)]) {
        const received = await createTransport()(request);
        expect([received.status, await received.text()]).toEqual([413, '{"error":"big"}']);
      }
    },
  );

  const cutOff: readonly (readonly [string, string])[] = [
    ['by its length', 'HTTP/1.1 413 Large\r\ncontent-length: 99\r\n\r\n{"error"'],
    ['by its chunks', 'HTTP/1.1 413 Large\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"error"\r\n'],
    ['in its head', 'HTTP/1.1 413 Large\r\ncontent-len'],
  ];

  it.each(cutOff)('is an error when it is cut off %s', async (_, bytes) => {
    for (const end of ['destroy', 'resetAndDestroy'] as const) {
      const url = await serveRaw((socket) => {
        socket.pause().write(bytes);
        setTimeout(() => socket[end](), 5);
      });
      await expect(createTransport()(post(url, large))).rejects.toThrow();
      await expect(createTransport()(new Request(url))).rejects.toThrow();
    }
  });
});
