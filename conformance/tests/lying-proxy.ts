import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readContract } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import type { Fetch } from '../world/fetch.ts';
import { createOperationNames } from '../world/operations.ts';

/** A server that breaks a promise: it stands before an honest one, with a liar between. */
export interface LyingProxy {
  /** Its base URL, in place of the honest one's. */
  readonly url: string;
  /** From now on it lies like this; without a liar it is honest. */
  readonly lie: (liar: Liar | undefined) => void;
  readonly close: () => Promise<void>;
}

/** Stands before the server with this base URL. */
export const startLyingProxy = async (url: string): Promise<LyingProxy> => {
  const { origin, pathname } = new URL(url);
  const names = createOperationNames(readContract(), url);
  const honest: Fetch = (request) => fetch(request);
  let send = honest;
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing, origin, (request) => send(request)).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${pathname}`,
    lie: (liar) => {
      send = liar ? liar(honest, names) : honest;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const pass = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
  send: Fetch,
): Promise<void> => {
  const headers = new Headers(incoming.headers as Record<string, string>);
  // These speak of the connection, and this is another one.
  for (const name of ['host', 'connection', 'transfer-encoding']) headers.delete(name);
  const body = await buffer(incoming);
  const method = incoming.method ?? 'GET';
  const request = new Request(origin + (incoming.url ?? ''), {
    method,
    headers,
    ...(body.length > 0 && { body }),
  });
  const response = await send(request);
  const bytes = Buffer.from(await response.arrayBuffer());
  const told = new Headers(response.headers);
  for (const name of ['connection', 'transfer-encoding']) told.delete(name);
  told.set('content-length', String(bytes.length));
  outgoing.writeHead(response.status, Object.fromEntries(told));
  outgoing.end(bytes);
};
