import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { UsageError } from './errors.ts';

/** A wildcard address can't be called; this is an address that can. */
const callableAddresses: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

export interface Listening {
  /** The origin of the server's URLs. */
  readonly origin: string;
  /** Accepts no more connections, and resolves when all are closed, after a time-out by force. */
  readonly close: () => Promise<void>;
}

/**
 * Starts listening.
 *
 * @param logError - logs a connection that can't be accepted
 * @throws UsageError if the server can't listen there
 */
export const listen = (
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  logError: (line: string) => void,
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const open = new Set<Socket>();
    server.on('connection', (socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
    // For Node a connection is idle once its response has ended, even if most of it isn't sent yet.
    const closeIdle = server.closeIdleConnections.bind(server);
    server.closeIdleConnections = () => {
      for (const { writableLength } of open) if (writableLength > 0) return;
      closeIdle();
    };
    // The listener stays: later errors are about single connections, and an unhandled one would end
    // the process.
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (server.listening) logError(`A connection could not be accepted: ${error.message}.`);
      else reject(explain(error, host, port));
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const name = callableAddresses[host] ?? host;
      const origin = `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
      resolve({ origin, close: () => close(server, open) });
    });
  });

const explain = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  const notLocal = `${host} is not an address of this machine. Choose another with --host.`;
  const explanations: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use. Stop what uses it, or choose another with --port (0: free).`,
    EACCES: `No permission to use port ${port}. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: notLocal,
    ENOTFOUND: notLocal,
    EAI_AGAIN: notLocal,
  };
  const explanation = explanations[error.code ?? ''];
  return explanation === undefined ? error : new UsageError(explanation);
};

/**
 * How long responses, and then deliveries, may take when the server stops, in milliseconds. Then
 * all open connections are destroyed.
 */
export const stopTimeout = 2000;

/** How often idle connections are closed while stopping, in milliseconds. */
const checkInterval = 25;

const close = (server: Server, open: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve, reject) => {
    const announceClose: RequestListener = (_request, response) => {
      response.setHeader('Connection', 'close');
    };
    for (const event of ['request', 'checkContinue', 'checkExpectation'] as const) {
      server.prependListener(event, announceClose);
    }
    const checking = setInterval(() => {
      server.closeIdleConnections();
      // For Node a connection without any request is busy.
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    }, checkInterval);
    const timer = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, stopTimeout);
    server.close((error) => {
      clearInterval(checking);
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    });
  });

/** Whether a host name or address is this machine's loopback. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i.test(host);
