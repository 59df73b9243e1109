import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultConfig } from '../config.ts';
import { defaultConnectionLimits } from '../http/connections.ts';
import { stopTimeout } from '../runtime/listen.ts';
import { type ServerParts, type RunningServer, startServer } from '../server.ts';
import { answersIn, comes, open, raw, type RawConnection, statusesIn, useAccepted } from './raw.ts';

const accepted = useAccepted();
const opened: RawConnection[] = [];
afterEach(() => {
  for (const { socket } of opened.splice(0)) socket.destroy();
  accepted.clear();
});

const start = (parts: ServerParts = {}): Promise<RunningServer> =>
  startServer({ ...defaultConfig, port: 0, seed: 1, rateLimit: { requests: 9999 } }, parts);

const connect = async (server: RunningServer, request: string): Promise<RawConnection> => {
  const connection = await open(server.url);
  opened.push(connection);
  connection.send(request);
  return connection;
};

/** How long a server takes to close, in milliseconds. */
const measureClose = async (server: RunningServer): Promise<number> => {
  const began = performance.now();
  await server.close();
  return performance.now() - began;
};

const isDestroyed = () => [...accepted].every(({ destroyed }) => destroyed);

/** Waits until a server has started to read the request. */
const untilRead = async (): Promise<void> => {
  expect(await comes(() => [...accepted].some(({ bytesRead }) => bytesRead > 0))).toBe(true);
  await sleep(50);
};

const list = (url: string, key: string): string =>
  raw('GET', `${url}?per_page=100`, { Authorization: `Bearer ${key}` });

const delayed = (milliseconds: number): Record<string, string> => ({
  Prefer: `code=200, delay=${milliseconds}`,
});

describe('A server that stops', () => {
  const held: [string, (url: string, key: string) => string, boolean?][] = [
    ['a connection kept alive', (url) => raw('GET', url)],
    ['a silent connection', () => ''],
    ['half a head', () => 'GET / HTTP/1.1\r\nX: '],
    ['half a body', (url) => raw('POST', url, { 'Content-Length': '10' }, 'half')],
    ['a tunnel', () => 'CONNECT a:1 HTTP/1.1\r\n\r\n'],
    ['an upgrade request', (url) => raw('GET', url, { Upgrade: 'x', Connection: 'upgrade' })],
    ['nonsense', () => 'nonsense\r\n\r\n'],
    ['a slow response', (url) => raw('GET', url, delayed(60_000))],
    // Together they are much larger than the socket buffers.
    ['responses that the client does not read', (url, key) => list(url, key).repeat(900), true],
  ];

  it.each(held)('does so in time, although a client keeps open %s', async (_, request, paused) => {
    const server = await start();
    const { socket } = await connect(server, '');
    if (paused) socket.pause();
    const text = request(`${server.url}/dossiers`, server.demo?.[0]?.key ?? '');
    socket.write(text);
    if (text !== '') await untilRead();
    const isStuck = () => [...accepted].some(({ writableLength }) => writableLength > 0);
    if (paused) expect(await comes(isStuck)).toBe(true);
    expect(await measureClose(server)).toBeLessThan(stopTimeout + 1000);
    expect(isDestroyed()).toBe(true);
  });

  it('sends a pending response, and then stops immediately', async () => {
    const server = await start();
    const { end } = await connect(server, raw('GET', `${server.url}/dossiers`, delayed(300)));
    await untilRead();
    expect(await measureClose(server)).toBeLessThan(stopTimeout / 2);
    expect(statusesIn(await end())).toEqual([200]);
  });

  it('sends complete responses to a slow client', async () => {
    const server = await start();
    const key = server.demo?.[0]?.key ?? '';
    const { socket, end } = await connect(server, '');
    socket.pause().write(list(`${server.url}/dossiers`, key).repeat(400));
    const isStuck = () => [...accepted].some(({ writableLength }) => writableLength > 0);
    expect(await comes(isStuck)).toBe(true);
    const closed = measureClose(server);
    await sleep(300);
    socket.resume();
    expect(statusesIn(await end())).toEqual(Array(400).fill(200));
    expect(await closed).toBeLessThan(stopTimeout + 1000);
  });

  it('sends Connection: close with the last response', async () => {
    const server = await start();
    const { send, end } = await connect(server, raw('GET', `${server.url}/dossiers`, delayed(300)));
    await untilRead();
    const closed = measureClose(server);
    send(raw('GET', `${server.url}/flows`), raw('GET', `${server.url}/flows`));
    const answers = answersIn(await end());
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    expect(answers.at(-1)?.head).toMatch(/^connection: close\r?$/im);
    expect(await closed).toBeLessThan(stopTimeout / 2);
  });
});

describe('A server with the maximum number of connections', () => {
  it('closes idle connections, and accepts the next', async () => {
    const server = await start({ limits: { ...defaultConnectionLimits, connections: 5 } });
    const get = raw('GET', `${server.url}/flows`);
    for (let count = 0; count < 5; count += 1)
      await (await connect(server, get)).waitForText('"message"');
    const dropped = await connect(server, get);
    expect(await dropped.end()).toBe('');
    const isOneGone = () => [...accepted].some(({ destroyed }) => destroyed);
    expect(await comes(isOneGone)).toBe(true);
    expect(await (await connect(server, get)).waitForText('"message"')).toMatch(/^HTTP\/1\.1 401 /);
    await server.close();
  });
});
