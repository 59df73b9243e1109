import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, type Findings, type Part, repeatCommand } from './harness/findings.ts';
import { compareMemory, findGone, megabytes, stopInTime } from './harness/health.ts';
import { createConnection } from './harness/http-connection.ts';
import { bytesOf } from './harness/http-request.ts';
import { settingsAt } from './harness/organizations.ts';
import type { ServerProcess } from './harness/server-process.ts';

/** How long the last event may take to reach the healthy endpoint, in milliseconds. */
const patience = 10_000;

/** How much memory bad receivers may cost the server, in bytes. */
const maxGrowth = 200 * 2 ** 20;

/** The most descriptors per endpoint, which has one attempt at a time. */
const descriptorsPerEndpoint = 2;

/** Receivers that are dead, slow, endless or redirecting; others still get their events. */
export const attackByReceivers: Part = async (attack, findings) => {
  const [healthy, trap] = [await openHealthy('healthy'), await openHealthy('trap')];
  const bad = await openBad(trap);
  try {
    const server = await attack.start({});
    const before = await server.measure();
    const target = { attack, findings, server, healthy, trap, bad };
    const remove = await deliver(target);
    if (server.isGone()) {
      await findGone(attack, findings, server, 'while events were delivered');
      return;
    }
    await requireBounds(target, before.rss, before.descriptors);
    // Deletes the endpoints with their organisation, so that deliveries end.
    await remove();
    if (!attack.short) {
      await sleep(11_000);
      await compareMemory(attack, findings, server, before);
    }
    await deliver(target);
    await stopInTime(attack, findings, server, 'while events are delivered');
  } finally {
    for (const receiver of [healthy, trap, ...bad]) receiver.close();
  }
};

interface Target {
  readonly attack: Attack;
  readonly findings: Findings;
  readonly server: ServerProcess;
  readonly healthy: Receiver;
  readonly trap: Receiver;
  readonly bad: readonly Receiver[];
}

/** Creates dossiers in a new organisation with all endpoints; returns how to delete it. */
const deliver = async (target: Target): Promise<() => Promise<void>> => {
  const { attack, findings, server, healthy, trap, bad } = target;
  const settings = settingsAt(server.controlUrl);
  const { id, key } = await settings.create({ name: 'Receivers' }, attack.contract.scopes);
  for (const { name, url } of [...bad, healthy]) {
    // The server may refuse addresses that can't be reached.
    await settings
      .call('POST', `/organizations/${id}/webhook-endpoints`, { url })
      .catch((error: unknown) => {
        if (name === healthy.name) throw error;
      });
  }
  const known = healthy.events.length;
  const events = attack.short ? 30 : 300;
  const connection = createConnection(server.url);
  const headers = [
    ['Host', 'localhost'],
    ['Authorization', `Bearer ${key}`],
    ['Content-Type', 'application/json'],
  ] as const;
  const path = `${new URL(server.url).pathname}/dossiers`;
  for (let number = 1; number <= events; number++) {
    const fields = { type: 'candidate', name: `Event ${number}`, intake_notes: 'x'.repeat(2000) };
    const body = Buffer.from(JSON.stringify(fields));
    const response = await connection.send(
      bytesOf({ method: 'POST', path, query: [], headers, body }),
    );
    findings.count(response.status);
  }
  connection.close();
  const end = performance.now() + patience;
  const arrived = () => new Set(healthy.events.slice(known)).size;
  while (arrived() < events && performance.now() < end) await sleep(20);
  const report = (what: string): void => {
    findings.add(what, { what, repeat: repeatCommand(attack, findings.part) });
  };
  if (arrived() < events) report(`the healthy endpoint got ${arrived()} of ${events} events`);
  if (trap.events.length > 0) report('the server followed a redirect');
  return () => settings.remove(id);
};

const requireBounds = async (
  { attack, findings, server, bad }: Target,
  rss: number,
  descriptors: number,
): Promise<void> => {
  // Endless responses need time to fill memory.
  await sleep(attack.short ? 500 : 4000);
  const now = await server.measure();
  const peak = (server.peak() ?? now.rss) - rss;
  const open = now.descriptors - descriptors;
  findings.note(
    `with ${bad.length} bad receivers: at most ${megabytes(peak)} and ${open} descriptors more than before`,
  );
  const report = (what: string): void => {
    findings.add(what, { what, repeat: repeatCommand(attack, findings.part) });
  };
  if (peak > maxGrowth) report(`bad receivers cost the server ${megabytes(peak)} of memory`);
  if (open > (bad.length + 1) * descriptorsPerEndpoint + 4) {
    report(`the server holds ${open} descriptors for bad receivers`);
  }
};

/** A receiver of webhooks. */
interface Receiver {
  readonly name: string;
  readonly url: string;
  /** The event ids of all deliveries, repeated ones included. */
  readonly events: readonly string[];
  readonly close: () => void;
}

const startReceiver = async (
  name: string,
  server: Server | TcpServer,
  { events = [], close }: { readonly events?: readonly string[]; readonly close: () => void },
): Promise<Receiver> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { name, events, close, url: `http://127.0.0.1:${port}/` };
};

/** Opens a receiver that accepts every event. */
const openHealthy = (name: string): Promise<Receiver> => {
  const events: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      events.push((JSON.parse(text) as { id: string }).id);
      response.writeHead(200).end();
    });
  });
  return startReceiver(name, server, {
    events,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
};

/**
 * Opens a receiver that sends raw bytes on each connection. The timer that `write` returns is
 * cleared with it.
 */
const openRaw = (
  name: string,
  write: (send: (text: string) => void, end: () => void) => NodeJS.Timeout | undefined,
): Promise<Receiver> => {
  const open = new Set<() => void>();
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    const timer = write(
      (text) => {
        if (socket.writable && socket.writableLength < 2 ** 20) socket.write(text);
      },
      () => socket.resetAndDestroy(),
    );
    const close = (): void => {
      clearInterval(timer);
      socket.destroy();
      open.delete(close);
    };
    open.add(close);
    socket.on('close', close);
    socket.resume();
  });
  return startReceiver(name, server, {
    close: () => {
      server.close();
      for (const close of open) close();
    },
  });
};

/** Opens bad receivers, one of each kind. */
const openBad = async (trap: Receiver): Promise<Receiver[]> => [
  // Nothing listens on this port.
  { name: 'dead', url: 'http://127.0.0.1:1/', events: [], close: () => undefined },
  { name: 'nowhere', url: 'http://nowhere.invalid/', events: [], close: () => undefined },
  await openRaw('silent', () => undefined),
  await openRaw('resetting', (_, end) => {
    end();
    return undefined;
  }),
  await openRaw('slow', (send) => setInterval(send, 500, 'H')),
  await openRaw('endless', (send) => {
    send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    return setInterval(send, 1, `10000\r\n${'x'.repeat(65_536)}\r\n`);
  }),
  await openRaw('endless head', (send) => {
    send('HTTP/1.1 200 OK\r\n');
    return setInterval(send, 1, `X: ${'y'.repeat(60_000)}\r\n`);
  }),
  await openRaw('endless 100 Continue', (send) =>
    setInterval(send, 1, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)),
  ),
  await openRaw('redirecting', (send) => {
    send(`HTTP/1.1 307 Temporary Redirect\r\nLocation: ${trap.url}\r\nContent-Length: 0\r\n\r\n`);
    return undefined;
  }),
  await openRaw('nonsense', (send) => {
    send('\u0000\u0001nonsense\r\n\r\n');
    return undefined;
  }),
];
