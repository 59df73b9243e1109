import { createServer, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
} from 'node:net';

/** Somebody whom events are sent to. */
export interface Receiver {
  readonly name: string;
  readonly url: string;
  /** The ids of the events that came, each once for each time. */
  readonly events: readonly string[];
  readonly close: () => void;
}

const listening = async (
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

/** Takes everything. */
export const openHealthy = (name: string): Promise<Receiver> => {
  const events: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      events.push((JSON.parse(text) as { id: string }).id);
      response.writeHead(200).end();
    });
  });
  return listening(name, server, {
    events,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
};

/** Writes these bytes to everybody who connects, again and again if asked, and closes or doesn't. */
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
  return listening(name, server, {
    close: () => {
      server.close();
      for (const close of open) close();
    },
  });
};

/** Receivers of every bad kind. */
export const openBad = async (trap: Receiver): Promise<Receiver[]> => [
  // Nobody listens on this port.
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
  await openRaw('endless permission', (send) =>
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
