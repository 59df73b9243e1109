import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepConnections } from './connections.ts';
import { controlBase, createControl } from './control/control.ts';
import type { Freedoms } from './freedoms.ts';
import { createInstallation } from './installation.ts';
import { letWork, seed, type StaticKeys } from './seed.ts';
import { createCourier } from './webhooks/courier.ts';
import { createPost } from './webhooks/post.ts';
import { createRateLimits } from './wire/rate-limit.ts';
import { base, createServe } from './wire/serve.ts';

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
  const courier = createCourier(installation, createPost(installation));
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
  const dismiss = colleague ? letWork(installation, seeded, colleague, rates) : () => undefined;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + base,
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
