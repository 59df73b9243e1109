import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, type Findings, repeatCommand } from '../harness/findings.ts';
import { findGone, stopInTime } from '../harness/health.ts';
import { below, createRandom, pick } from '../harness/random.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { connectTo } from './raw-exchange.ts';
import { createShapes } from './request-shapes.ts';

/** What attacks on connections work with. */
export interface WireTarget {
  readonly attack: Attack;
  readonly ledger: Findings;
  readonly server: ServerProcess;
  readonly key: string;
}

const tunnel = Buffer.from('CONNECT example.invalid:443 HTTP/1.1\r\nHost: x\r\n\r\n');
const broken = Buffer.from('nonsense\r\n\r\n');
const upgrade = Buffer.from(
  'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
);

/** A server must answer others within this time, in milliseconds. */
const patience = 8_000;

/** Whether the server answers somebody, within the time. */
export const answers = async ({ server, key }: WireTarget, within = patience): Promise<boolean> => {
  const end = performance.now() + within;
  while (performance.now() < end && !server.isGone()) {
    const answered = await fetch(`${server.url}/flows`, {
      headers: { Authorization: `Bearer ${key}`, Connection: 'close' },
      signal: AbortSignal.timeout(2000),
    }).then(
      async (response) => {
        await response.text();
        return response.status === 200;
      },
      () => false,
    );
    if (answered) return true;
    await sleep(100);
  }
  return false;
};

/** Finds that a server has gone or doesn't answer. */
export const requireAnswer = async (target: WireTarget, circumstances: string): Promise<void> => {
  const { attack, ledger, server } = target;
  // A process that dies of a late reset does so in the next moments.
  await sleep(100);
  if (await answers(target)) return;
  if (server.isGone()) await findGone(attack, ledger, server, circumstances);
  else {
    const what = `the server answers nobody for ${patience / 1000} s ${circumstances}`;
    ledger.find(what, { what, repeat: repeatCommand(attack, ledger.part) });
  }
};

const opened = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('connect', resolve);
    socket.once('error', () => {
      resolve();
    });
  });

const hold = async (
  { server, ledger }: WireTarget,
  bytes: Buffer,
  times: number,
): Promise<Socket[]> => {
  const sockets = Array.from({ length: times }, () => connectTo(server.url, { half: true }));
  await Promise.race([Promise.all(sockets.map(opened)), sleep(2000)]);
  for (const socket of sockets) {
    // What is said isn't of interest; the socket must see that it was said.
    socket.resume();
    socket.write(bytes);
    ledger.count(0);
  }
  return sockets;
};

/** Asks for tunnels and other protocols, and breaks off in all ways. */
export const breakTunnels = async (target: WireTarget): Promise<void> => {
  for (const [name, bytes] of [
    ['CONNECT', tunnel],
    ['an upgrade', upgrade],
    ['nonsense', broken],
  ] as const) {
    for (const wait of [0, 5, 30]) {
      const sockets = await hold(target, bytes, 5);
      await sleep(wait);
      for (const socket of sockets) socket.resetAndDestroy();
      if (target.server.isGone()) break;
    }
    await requireAnswer(target, `after ${name} that was reset`);
    if (target.server.isGone()) return;
  }
};

/** Requests of all shapes that are reset or closed somewhere on their way. */
export const breakOff = async (target: WireTarget, times: number): Promise<void> => {
  const random = createRandom(target.attack.seed + 17);
  const { pathname: base } = new URL(target.server.url);
  const shapes = createShapes({ base, key: target.key, marker: 'cut' });
  for (let time = 0; time < times && !target.server.isGone(); time++) {
    const { bytes } = pick(random, shapes) ?? { bytes: broken };
    const socket = connectTo(target.server.url);
    await Promise.race([opened(socket), sleep(1000)]);
    socket.write(bytes.subarray(0, 1 + below(random, bytes.length)));
    target.ledger.count(0);
    if (random() < 0.5) await sleep(below(random, 4));
    if (random() < 0.5) socket.resetAndDestroy();
    else socket.destroy();
  }
  await requireAnswer(target, 'after connections that were cut');
};

/** More refused connections than the server has descriptors, none of which the client closes. */
export const leaveOpen = async (target: WireTarget, times: number): Promise<void> => {
  for (const [name, bytes] of [
    ['broken requests', broken],
    ['tunnels', tunnel],
  ] as const) {
    const sockets = await hold(target, bytes, times);
    await requireAnswer(target, `after ${times} ${name} whose clients did not close`);
    for (const socket of sockets) socket.destroy();
    if (target.server.isGone()) return;
  }
};

/** Writes byte by byte; what is slow is answered all the same. */
export const goSlow = async (target: WireTarget): Promise<void> => {
  const { attack, ledger, server, key } = target;
  const { pathname } = new URL(server.url);
  const text = `GET ${pathname}/flows HTTP/1.1\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  const socket = connectTo(server.url);
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString()));
  for (const character of text) {
    socket.write(character);
    await sleep(5);
  }
  const end = performance.now() + patience;
  while (heard === '' && performance.now() < end) await sleep(20);
  socket.destroy();
  ledger.count(Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0));
  if (heard.startsWith('HTTP/1.1 200 ')) return;
  const what = `a slow request was answered ${JSON.stringify(heard.slice(0, 80))}`;
  ledger.find('slow', { what, repeat: repeatCommand(attack, ledger.part) });
};

/** Holds connections of every kind, looks whether others are served, and stops the server. */
export const holdAndStop = async (target: WireTarget): Promise<void> => {
  const { attack, ledger, server, key } = target;
  const { pathname } = new URL(server.url);
  const head = `POST ${pathname}/contacts HTTP/1.1\r\nAuthorization: Bearer ${key}\r\n`;
  const json = 'Content-Type: application/json\r\n';
  const list = `GET ${pathname}/flows HTTP/1.1\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  const kinds: readonly (readonly [string, string])[] = [
    ['no byte', ''],
    ['half a head', head],
    ['half a body', `${head}${json}Content-Length: 100\r\n\r\n{`],
    ['half a chunk', `${head}${json}Transfer-Encoding: chunked\r\n\r\n5\r\n{`],
    [
      'a form without end',
      `${head}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n\r\n--x\r\n`,
    ],
    ['a tunnel', tunnel.toString()],
    ['an upgrade', upgrade.toString()],
    ['nonsense', broken.toString()],
    ['a kept connection', list],
    ['answers that nobody reads', list.repeat(2000)],
  ];
  const held: Socket[] = [];
  for (const [name, text] of kinds) {
    const sockets = await hold(target, Buffer.from(text), 4);
    if (name.startsWith('answers')) for (const socket of sockets) socket.pause();
    held.push(...sockets);
  }
  await requireAnswer(target, 'while connections are held');
  await stopInTime(attack, ledger, server, 'while connections of every kind are held');
  for (const socket of held) socket.destroy();
};
