import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, type Findings, repeatCommand } from '../harness/findings.ts';
import { findGone, stopInTime } from '../harness/health.ts';
import { below, createRandom, pick } from '../harness/random.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { connectTo } from './raw-exchange.ts';
import { createShapes } from './request-shapes.ts';

/** The context of an attack on connections. */
export interface WireTarget {
  readonly attack: Attack;
  readonly findings: Findings;
  readonly server: ServerProcess;
  readonly key: string;
}

const tunnel = Buffer.from('CONNECT example.invalid:443 HTTP/1.1\r\nHost: x\r\n\r\n');
const broken = Buffer.from('nonsense\r\n\r\n');
const upgrade = Buffer.from(
  'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
);

/** How long a server may take to respond to other clients, in milliseconds. */
const patience = 8_000;

/** Whether the server responds to a request, within the given milliseconds. */
export const answers = async ({ server, key }: WireTarget, within = patience): Promise<boolean> => {
  const end = performance.now() + within;
  while (performance.now() < end && !server.isGone()) {
    const succeeded = await fetch(`${server.url}/flows`, {
      headers: { Authorization: `Bearer ${key}`, Connection: 'close' },
      signal: AbortSignal.timeout(2000),
    }).then(
      async (response) => {
        await response.text();
        return response.status === 200;
      },
      () => false,
    );
    if (succeeded) return true;
    await sleep(100);
  }
  return false;
};

/** Reports a server that has ended or doesn't respond. */
export const requireAnswer = async (target: WireTarget, circumstances: string): Promise<void> => {
  const { attack, findings, server } = target;
  // A late reset may still end the process.
  await sleep(100);
  if (await answers(target)) return;
  if (server.isGone()) await findGone(attack, findings, server, circumstances);
  else {
    const what = `the server doesn't respond for ${patience / 1000} s ${circumstances}`;
    findings.add(what, { what, repeat: repeatCommand(attack, findings.part) });
  }
};

const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('connect', resolve);
    socket.once('error', () => {
      resolve();
    });
  });

const hold = async (
  { server, findings }: WireTarget,
  bytes: Buffer,
  times: number,
): Promise<Socket[]> => {
  const sockets = Array.from({ length: times }, () => connectTo(server.url, { half: true }));
  await Promise.race([Promise.all(sockets.map(connected)), sleep(2000)]);
  for (const socket of sockets) {
    // Received data is ignored, but must be read.
    socket.resume();
    socket.write(bytes);
    findings.count(0);
  }
  return sockets;
};

/** Requests tunnels and upgrades, and resets the connections after different times. */
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

/** Sends part of a request of any shape, then resets or closes the connection. */
export const breakOff = async (target: WireTarget, times: number): Promise<void> => {
  const random = createRandom(target.attack.seed + 17);
  const { pathname: base } = new URL(target.server.url);
  const shapes = createShapes({ base, key: target.key, marker: 'cut' });
  for (let time = 0; time < times && !target.server.isGone(); time++) {
    const { bytes } = pick(random, shapes) ?? { bytes: broken };
    const socket = connectTo(target.server.url);
    await Promise.race([connected(socket), sleep(1000)]);
    socket.write(bytes.subarray(0, 1 + below(random, bytes.length)));
    target.findings.count(0);
    if (random() < 0.5) await sleep(below(random, 4));
    if (random() < 0.5) socket.resetAndDestroy();
    else socket.destroy();
  }
  await requireAnswer(target, 'after connections that were cut');
};

/** Opens more refused connections than the server has descriptors, and closes none of them. */
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

/** Sends a request byte by byte, which must get its response. */
export const goSlow = async (target: WireTarget): Promise<void> => {
  const { attack, findings, server, key } = target;
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
  findings.count(Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0));
  if (heard.startsWith('HTTP/1.1 200 ')) return;
  const what = `a slow request got the response ${JSON.stringify(heard.slice(0, 80))}`;
  findings.add('slow', { what, repeat: repeatCommand(attack, findings.part) });
};

/** Holds connections of every kind, checks that others are served, and stops the server. */
export const holdAndStop = async (target: WireTarget): Promise<void> => {
  const { attack, findings, server, key } = target;
  const { pathname } = new URL(server.url);
  const head = `POST ${pathname}/contacts HTTP/1.1\r\nAuthorization: Bearer ${key}\r\n`;
  const json = 'Content-Type: application/json\r\n';
  const list = `GET ${pathname}/flows HTTP/1.1\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  const kinds: readonly (readonly [string, string])[] = [
    ['no byte', ''],
    ['half of the headers', head],
    ['half of a body', `${head}${json}Content-Length: 100\r\n\r\n{`],
    ['half of a chunk', `${head}${json}Transfer-Encoding: chunked\r\n\r\n5\r\n{`],
    [
      'a form without end',
      `${head}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n\r\n--x\r\n`,
    ],
    ['a tunnel', tunnel.toString()],
    ['an upgrade', upgrade.toString()],
    ['nonsense', broken.toString()],
    ['an idle connection', list],
    ['unread responses', list.repeat(2000)],
  ];
  const held: Socket[] = [];
  for (const [name, text] of kinds) {
    const sockets = await hold(target, Buffer.from(text), 4);
    if (name === 'unread responses') for (const socket of sockets) socket.pause();
    held.push(...sockets);
  }
  await requireAnswer(target, 'while connections are held');
  await stopInTime(attack, findings, server, 'while connections of every kind are held');
  for (const socket of held) socket.destroy();
};
