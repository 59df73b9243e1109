import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, usageError } from '../errors.ts';

/** How long to wait for events, in milliseconds. */
export interface EventPatience {
  /** For one that must come: the time since the last arrival, with a limit on the whole wait. */
  readonly event: number;
  /** For one that must not come: the time after the events caused before and after it came. */
  readonly silence: number;
}

/** Where webhook events arrive during a run. */
export interface Sink {
  /** Opens an endpoint. */
  readonly open: (receiver: Receiver) => SinkEndpoint;
  readonly patience: EventPatience;
  /** Whether it has one standing endpoint, which the user created and others may know. */
  readonly standing?: boolean;
  /** Resolves when the server has stopped. */
  readonly close: () => Promise<void>;
}

export interface SinkEndpoint {
  /** The address of the endpoint, which can't be guessed. */
  readonly url: string;
  /** From now on senders get 404; the receiver still gets what they send. */
  readonly close: () => void;
}

export interface SinkOptions {
  /** Port 0 for any free port. */
  readonly listen: { readonly host: string; readonly port: number };
  /** The URL at which the target reaches it, if it differs. */
  readonly publicUrl?: string;
  /**
   * Whether there is one standing endpoint, which the user created: then every receiver gets all
   * that arrives, at any path.
   */
  readonly standing?: boolean;
  readonly patience?: EventPatience;
  /** Returns a name that can't be guessed, such as a random UUID. */
  readonly newName: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Accepts what arrives while no rule expects events. */
const noReceivers: Receiver = { receive: () => undefined };

/** Suits targets on this machine, and those with slow queues. */
export const usualEventPatience: EventPatience = { event: 10_000, silence: 100 };

/**
 * Opens the server that receives the events of a run. It keeps no deliveries, but passes each to the
 * receivers of its endpoint.
 *
 * @throws Breakdown when it can't listen there
 */
export const openSink = async (options: SinkOptions): Promise<Sink> => {
  const { standing = false, patience = usualEventPatience, newName, now } = options;
  const receivers = new Map<string, Receiver>();
  /** Receivers of closed endpoints; for a standing endpoint only the last, as all get the same. */
  const closed = new Map<string, Receiver>();
  const server = serve({
    now,
    // A proxy may have changed the beginning of the path.
    receiversAt: (path) => {
      if (standing) {
        const [present, past] = [[...receivers.values()], [...closed.values()]];
        // Success, since a sender may delay later events, or disable the endpoint, after failures.
        return { receivers: present.length > 0 ? present : [noReceivers, ...past], isOpen: true };
      }
      const name = path.slice(path.lastIndexOf('/') + 1);
      const receiver = receivers.get(name) ?? closed.get(name);
      return { receivers: receiver ? [receiver] : [], isOpen: receivers.has(name) };
    },
  });
  await listenOn(server, options.listen);
  const base = options.publicUrl?.replace(/\/+$/, '') ?? addressOf(server);
  return {
    ...{ patience, standing },
    open: (receiver) => {
      const name = newName();
      receivers.set(name, receiver);
      const close = (): void => {
        if (!receivers.delete(name)) return;
        if (standing) closed.clear();
        closed.set(name, receiver);
      };
      return { url: standing ? base : `${base}/${name}`, close };
    },
    close: () => closeServer(server),
  };
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    // Senders that still wait would keep it open.
    server.closeAllConnections();
  });

/** A request that arrived at the sink. */
export interface RawDelivery {
  readonly method: string;
  /** Its URL, as the sink sees it. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body, over which the signature is made. */
  readonly body: Uint8Array;
  /** Whether the body was too large to be kept, so that `body` is empty. */
  readonly tooLarge?: true;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** The response of a receiver. */
export interface Reception {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Handles the deliveries of an endpoint. */
export interface Receiver {
  /** Called with each delivery before the response, also after the endpoint is closed. */
  readonly receive: (delivery: RawDelivery) => void;
  /**
   * The response to a delivery; 200 by default. The sender waits for a promise, until the sink is
   * closed; a rejected one closes the connection.
   */
  readonly answer?: (delivery: RawDelivery) => Reception | Promise<Reception>;
}

/** Bytes, as of responses; larger than any event, whose dossier or note came in a JSON body. */
const largestBody = 32 * 1024 * 1024;

/** The receivers of an address, and whether it is still open. */
export interface EndpointReceivers {
  readonly receivers: readonly Receiver[];
  readonly isOpen: boolean;
}

/** Finds the receivers of a request. */
export interface SinkHandler {
  readonly receiversAt: (path: string) => EndpointReceivers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An HTTP server that passes each request to its receivers, and sends the response of the first. */
const serve = (handler: SinkHandler): Server =>
  createServer((request, response) => {
    // A sender that closed the connection gets no response.
    take(request, response, handler).catch(() => response.destroy());
  });

const take = async (
  request: IncomingMessage,
  response: ServerResponse,
  { receiversAt, now }: SinkHandler,
): Promise<void> => {
  const path = (request.url ?? '/').replace(/[?#].*$/, '');
  const body = await readBody(request);
  const { receivers, isOpen } = receiversAt(path);
  const delivery: RawDelivery = {
    method: request.method ?? '',
    url: `http://${request.headers.host ?? 'sink'}${request.url ?? '/'}`,
    headers: flattenHeaders(request.headers),
    body: body ?? new Uint8Array(),
    ...(body === undefined && { tooLarge: true }),
    arrivedAt: now(),
  };
  for (const { receive } of receivers) receive(delivery);
  if (!isOpen || body === undefined) {
    response.writeHead(body ? 404 : 413, { connection: 'close' }).end();
    return;
  }
  const { status, headers = {} } = (await receivers[0]?.answer?.(delivery)) ?? { status: 200 };
  response.writeHead(status, headers).end();
};

/** Reads a body to its end; undefined when it is too large to be kept. One without an end is cut off. */
const readBody = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 2 * largestBody) break;
  }
  return size > largestBody ? undefined : Buffer.concat(chunks);
};

const flattenHeaders = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
  );

/** @throws Breakdown when the address can't be used */
const listenOn = async (
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> => {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (thrown) {
    throw usageError(
      `The receiver of events can't listen at ${host}:${String(port)}: ${messageOf(thrown)}. ` +
        'Name another address, or port 0 for any that is free.',
    );
  }
};

/** The URL of a server on this machine. */
const addressOf = (server: Server): string => {
  const { address, port, family } = server.address() as AddressInfo;
  const anywhere = address === '0.0.0.0' || address === '::';
  const host = anywhere ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${String(port)}`;
};
