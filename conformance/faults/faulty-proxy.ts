import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readContract } from '../../openapi/contract.ts';
import { createOperationNames } from '../contract/operations.ts';
import type { Fetch } from '../http/web-classes.ts';
import type { Fault } from './inject.ts';

/** A proxy in front of a correct server, which injects a fault. */
export interface FaultyProxy {
  /** Its base URL. */
  readonly url: string;
  /** Injects a fault, or none, from now on. */
  readonly inject: (fault: Fault | undefined) => void;
  /** Forwards to the server with this base URL from now on; the path must be the same. */
  readonly forwardTo: (url: string, fault: Fault | undefined) => void;
  /** The number of requests that were forwarded. */
  readonly forwardedCount: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Starts a proxy in front of the server with this base URL.
 *
 * @param upstream - sends a request to that server
 */
export const startFaultyProxy = async (
  url: string,
  upstream: Fetch = (request) => fetch(request),
): Promise<FaultyProxy> => {
  const { pathname } = new URL(url);
  let { origin } = new URL(url);
  let send = upstream;
  let forwarded = 0;
  const forwardTo: FaultyProxy['forwardTo'] = (next, fault) => {
    ({ origin } = new URL(next));
    send = fault ? fault(upstream, createOperationNames(readContract(), next)) : upstream;
  };
  const server = createServer((incoming, outgoing) => {
    forwarded += 1;
    forward(incoming, outgoing, origin, (request) => send(request)).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${pathname}`,
    inject: (fault) => {
      forwardTo(origin + pathname, fault);
    },
    forwardTo,
    forwardedCount: () => forwarded,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const forward = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
  send: Fetch,
): Promise<void> => {
  const headers = new Headers(incoming.headers as Record<string, string>);
  // These headers belong to the other connection.
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
  const responseHeaders = new Headers(response.headers);
  for (const name of ['connection', 'transfer-encoding']) responseHeaders.delete(name);
  responseHeaders.set('content-length', String(bytes.length));
  outgoing.writeHead(response.status, Object.fromEntries(responseHeaders));
  outgoing.end(bytes);
};
