import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError, type Config } from './config.ts';

/** What stands for all addresses of this machine is an address of none. */
const reachable: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/**
 * Listens, and resolves with the origin to call.
 *
 * @throws UsageError if the server can't listen there
 */
export const listen = (server: Server, { host, port }: Config): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(explain(error, host, port));
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const name = reachable[host] ?? host;
      resolve(`http://${name.includes(':') ? `[${name}]` : name}:${address.port}`);
    });
  });

const explain = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  const foreign = `${host} is no address of this machine. Choose another with --host.`;
  const explanations: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use. Stop what uses it, or choose another with --port (0: free).`,
    EACCES: `Port ${port} may not be used. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: foreign,
    ENOTFOUND: foreign,
    EAI_AGAIN: foreign,
  };
  const explanation = explanations[error.code ?? ''];
  return explanation === undefined ? error : new UsageError(explanation);
};

/** How long answers, and then deliveries, may take when the server stops, in milliseconds. */
export const patience = 2000;

/** Takes no more requests, and resolves when the last answer is out. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
    // Connections that are kept alive would hold it up for as long as their clients like.
    setTimeout(() => {
      server.closeAllConnections();
    }, patience).unref();
  });
