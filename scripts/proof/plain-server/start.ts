import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlBase, createControl } from './control.ts';
import type { Variations } from './core/variations.ts';
import { createInstallation } from './core/installation.ts';
import { createRateLimits } from './http/rate-limit.ts';
import { apiBase, createServe } from './http/serve.ts';
import { seed, simulateOtherUsers, type StaticKeys } from './seed.ts';
import { createDispatcher, createPoster } from './webhooks/deliveries.ts';

/** A running server of the second implementation of the API. */
export interface PlainServer {
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API; a static server has none. */
  readonly controlUrl: string | undefined;
  /** API keys of organisations that exist from the start. */
  readonly keys: StaticKeys;
  /** Ids of the members of the organisation that the keys belong to. */
  readonly members: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a server that shares no code with the reference server or the suite: it uses node:http and
 * repeats the facts of the API, like any independent implementation. From this kit it imports only
 * the ids of requirements, as types.
 *
 * It listens on 127.0.0.1; port 0 picks a free port.
 */
export const startPlainServer = async (
  variations: Variations = {},
  port = 0,
): Promise<PlainServer> => {
  const installation = createInstallation(variations, {
    ...{ now: Date.now, newUuid: randomUUID, bytes: randomBytes, random: Math.random },
    sleep: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
  });
  const seeded = seed(installation, variations.static ?? {});
  const dispatcher = createDispatcher(installation, createPoster(installation));
  const rates = createRateLimits(installation);
  const serve = createServe(installation, dispatcher, rates);
  const control = variations.static ? undefined : createControl(installation);
  const server = createServer((request, response) => {
    const handle = control && request.url?.startsWith(controlBase) ? control : serve;
    handle(request, response).catch((thrown: unknown) => {
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
      response.destroy();
    });
  });
  limitConnections(server, variations);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const colleague = variations.static?.colleague;
  const stopColleague = colleague
    ? simulateOtherUsers(installation, seeded, colleague, rates)
    : () => undefined;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + apiBase,
    controlUrl: control && origin + controlBase,
    keys: seeded.keys,
    members: seeded.organization.members.map(({ id }) => id),
    close: async () => {
      stopColleague();
      dispatcher.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

/** Limits the lifetime of connections. */
const limitConnections = (server: Server, variations: Variations): void => {
  const { keepAlive, requestsPerConnection } = variations;
  if (requestsPerConnection !== undefined) server.maxRequestsPerSocket = requestsPerConnection;
  if (typeof keepAlive !== 'number') return;
  // Idle connections are closed without an announcing header.
  server.keepAliveTimeout = 0;
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  server.on('request', ({ socket }, response) => {
    clearTimeout(timers.get(socket));
    response.on('finish', () => {
      clearTimeout(timers.get(socket));
      const end = setTimeout(() => socket.end(), keepAlive);
      timers.set(socket, end.unref());
    });
  });
};
