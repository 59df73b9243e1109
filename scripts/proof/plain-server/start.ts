import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlBase, createControl } from './control.ts';
import type { Freedoms } from './core/freedoms.ts';
import { createInstallation } from './core/installation.ts';
import { createRateLimits } from './http/rate-limit.ts';
import { apiBase, createServe } from './http/serve.ts';
import { seed, simulateOtherUsers, type StaticKeys } from './seed.ts';
import { createDispatcher, createPoster } from './webhooks/deliveries.ts';

/** A second, plain implementation of the API that is running. */
export interface PlainServer {
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API; a static server has none. */
  readonly controlUrl: string | undefined;
  /** Keys of organisations that are there from the start. */
  readonly keys: StaticKeys;
  /** Ids of the members of the organisation that the keys are of. */
  readonly members: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a server that knows nothing of the reference server nor of the suite: it stands on
 * node:http and states the facts of the API once more, as any foreign implementation would. Of this
 * kit it borrows the names of the decisions, as types alone.
 *
 * It listens on the loopback interface; port 0 is any that is free.
 */
export const startPlainServer = async (freedoms: Freedoms = {}, port = 0): Promise<PlainServer> => {
  const installation = createInstallation(freedoms, {
    ...{ now: Date.now, newUuid: randomUUID, bytes: randomBytes, random: Math.random },
    sleep: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
  });
  const seeded = seed(installation, freedoms.static ?? {});
  const courier = createDispatcher(installation, createPoster(installation));
  const rates = createRateLimits(installation);
  const serve = createServe(installation, courier, rates);
  const control = freedoms.static ? undefined : createControl(installation);
  const server = createServer((request, response) => {
    const own = control && request.url?.startsWith(controlBase) ? control : serve;
    own(request, response).catch((thrown: unknown) => {
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
      response.destroy();
    });
  });
  keepConnections(server, freedoms);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const colleague = freedoms.static?.colleague;
  const dismiss = colleague
    ? simulateOtherUsers(installation, seeded, colleague, rates)
    : () => undefined;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + apiBase,
    controlUrl: control && origin + controlBase,
    keys: seeded.keys,
    members: seeded.home.members.map(({ id }) => id),
    close: async () => {
      dismiss();
      courier.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

/** Lets connections live as long as the server wants them to. */
const keepConnections = (server: Server, freedoms: Freedoms): void => {
  const { keepAlive, requestsPerConnection } = freedoms;
  if (requestsPerConnection !== undefined) server.maxRequestsPerSocket = requestsPerConnection;
  if (typeof keepAlive !== 'number') return;
  // Idle connections end without a word beforehand.
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
