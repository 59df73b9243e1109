import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, usageError } from '../errors.ts';

/** How long is waited for events, in milliseconds. */
export interface EventPatience {
  /** For one that must come: so long after the last arrival, and not for ever. */
  readonly event: number;
  /** For one that must not: so long after everything that was caused before and after it came. */
  readonly silence: number;
}

/** Where webhook events arrive during a run. */
export interface Sink {
  /** Opens an endpoint. */
  readonly open: (receiver: Receiver) => SinkEndpoint;
  readonly patience: EventPatience;
  /** Whether its one endpoint was set up by a person, so that others may know its address. */
  readonly standing?: boolean;
  /** Resolves when nothing listens any more. */
  readonly close: () => Promise<void>;
}

export interface SinkEndpoint {
  /** What the target is told: an address of its own that nobody can guess. */
  readonly url: string;
  /** From now on senders are answered 404; the receiver is still given what they send. */
  readonly close: () => void;
}

export interface SinkOptions {
  /** Port 0 takes one that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  /** How the target reaches it, where that is another address. */
  readonly publicUrl?: string;
  /**
   * Whether a person has set up the one endpoint that there is: then all that arrives, at whatever
   * path, is given to every receiver.
   */
  readonly standing?: boolean;
  readonly patience?: EventPatience;
  /** Gives a name that nobody can guess, such as a random UUID. */
  readonly newName: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Takes what is caused while no rule looks at events. */
const noReceivers: Receiver = { receive: () => undefined };

/** For targets on this machine, and those whose queues take their time. */
export const usualEventPatience: EventPatience = { event: 10_000, silence: 100 };

/**
 * Opens the one server of a run that receives events. It keeps nothing by itself: each delivery is
 * handed to the receivers of its endpoint, whole.
 *
 * @throws Breakdown when it can't listen there
 */
export const openSink = async (options: SinkOptions): Promise<Sink> => {
  const { standing = false, patience = usualEventPatience, newName, now } = options;
  const receivers = new Map<string, Receiver>();
  /** Those whose endpoints are closed; of a standing one the last, as all are given the same. */
  const closed = new Map<string, Receiver>();
  const server = serve({
    now,
    // A proxy on the way may have changed the front of the path, never its end.
    receiversAt: (path) => {
      if (standing) {
        const [present, past] = [[...receivers.values()], [...closed.values()]];
        // A sender whose events nobody takes may put off what follows, or end with this endpoint.
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
    // Senders that were left waiting would keep it open.
    server.closeAllConnections();
  });

/** A request that reached the sink, as raw as it came. */
export interface RawDelivery {
  readonly method: string;
  /** Where it arrived: the URL as the sink sees it. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body: what signatures are made of. */
  readonly body: Uint8Array;
  /** Whether the body was too large to be kept, so that `body` is empty. */
  readonly tooLarge?: true;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** What a receiver answers. */
export interface Reception {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands behind an endpoint. */
export interface Receiver {
  /** Is given each delivery before it is answered; when the endpoint is closed, those that still come. */
  readonly receive: (delivery: RawDelivery) => void;
  /**
   * How the delivery is answered; 200 unless it says something else. A promise lets the sender wait,
   * until the sink is closed if need be; when it is rejected, the connection is broken off.
   */
  readonly answer?: (delivery: RawDelivery) => Reception | Promise<Reception>;
}

/** More than any event can hold: a dossier or note has no more than a JSON body has. */
const largestBody = 16 * 1024 * 1024;

/** The receivers of an address, and whether they still answer there. */
export interface EndpointReceivers {
  readonly receivers: readonly Receiver[];
  readonly isOpen: boolean;
}

/** Who takes what arrives. */
export interface SinkHandler {
  readonly receiversAt: (path: string) => EndpointReceivers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An HTTP server that hands each request to its receivers, and answers as the first of them says. */
const serve = (handler: SinkHandler): Server =>
  createServer((request, response) => {
    // A sender that breaks off has nobody to be answered.
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

/** Undefined when it is too large to be kept; it is read to its end all the same. */
const readBody = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > largestBody ? undefined : Buffer.concat(chunks);
};

const flattenHeaders = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
  );

/** @throws Breakdown when that address can't be had */
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

/** How it is reached on this machine. */
const addressOf = (server: Server): string => {
  const { address, port, family } = server.address() as AddressInfo;
  const anywhere = address === '0.0.0.0' || address === '::';
  const host = anywhere ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${String(port)}`;
};
