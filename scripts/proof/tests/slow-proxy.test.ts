import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openSlowProxy, type SlowProxy } from '../flakiness/slow-proxy.ts';

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const openTo = async (to: number, random: () => number): Promise<SlowProxy> => {
  const proxy = await openSlowProxy({ to, latency: 60, jitter: 60, random });
  onTestFinished(() => proxy.close());
  return proxy;
};

it('responses arrive complete, and not before their delay', async () => {
  const body = 'x'.repeat(300_000);
  const port = await listen(createServer((_, response) => response.end(body)));
  const proxy = await openTo(port, () => 0.5);
  const start = performance.now();
  const answer = await fetch(`http://127.0.0.1:${proxy.port}/`);
  expect(await answer.text()).toBe(body);
  expect(performance.now() - start).toBeGreaterThanOrEqual(59);
});

it('chunks keep their order, and the end comes last, whatever their delays', async () => {
  const pieces = ['one ', 'two ', 'three ', 'four'];
  const server = createTcpServer((socket) => {
    const send = ([piece, ...rest]: readonly string[]): void => {
      if (piece === undefined) socket.end();
      else socket.write(piece, () => setTimeout(send, 5, rest));
    };
    send(pieces);
  });
  // The first chunks have the longest delays.
  const chances = [1, 0.6, 0.3, 0.1, 0].values();
  const proxy = await openTo(await listen(server), () => chances.next().value ?? 0);
  const received = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1' });
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    socket.once('end', () => {
      socket.end();
      resolve(text);
    });
    socket.once('error', reject);
  });
  expect(received).toBe(pieces.join(''));
});
