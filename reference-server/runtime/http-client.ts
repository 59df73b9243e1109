import { lookup, type LookupAddress } from 'node:dns';
import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as overHttp,
} from 'node:http';
import { request as overHttps, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

/** A request to a receiver. */
export interface OutgoingRequest {
  readonly method: string;
  /** A user and password in it are not sent; send them in a header. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The stage of a request: what it is waiting for. */
export type SendStage = (typeof sendStages)[number];
const sendStages = ['lookup', 'connection', 'handshake', 'sending', 'answer'] as const;

export interface SendOptions {
  /** Aborts the request, until the head of the response has arrived. */
  readonly signal: AbortSignal;
  readonly onStage: (stage: SendStage) => void;
}

/** How much of the body of a response is read. */
export interface BodyLimits {
  readonly bytes: number;
  /** In milliseconds. */
  readonly timeout: number;
  readonly stop: AbortSignal;
}

/** The bytes that were read of a body, and whether that is all of it. */
export interface ResponseBody {
  readonly bytes: Buffer;
  readonly end: 'whole' | 'cut' | 'unfinished' | 'broken';
}

/** The head of a response. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Must be called: it closes the connection in every case. Never rejects. */
  readonly readBody: (limits: BodyLimits) => Promise<ResponseBody>;
}

/** Sends a request and resolves with the head of the response; rejects if none arrives. */
export type Send = (request: OutgoingRequest, options: SendOptions) => Promise<HttpResponse>;

/**
 * Sends each request over a new connection, to any port: `fetch` refuses some ports. Redirects are
 * not followed.
 *
 * @param overrides - trusted certificates and name lookup, by default Node's
 */
export const createSend = (overrides: Pick<RequestOptions, 'ca' | 'lookup'> = {}): Send => {
  const options = { ...overrides, lookup: limitLookups(overrides.lookup ?? lookup), agent: false };
  return ({ method, url, headers, body }, { signal, onStage }) =>
    new Promise((resolve, reject) => {
      const address = new URL(url);
      address.username = address.password = '';
      const open = address.protocol === 'https:' ? overHttps : overHttp;
      const request = open(address, { ...options, method, headers });
      const abort = (): void => {
        request.destroy();
      };
      signal.addEventListener('abort', abort);
      watchStages(request, address, onStage);
      // The listener stays, so that errors after the response aren't unhandled.
      request.on('error', reject);
      request.on('response', (response) => {
        signal.removeEventListener('abort', abort);
        response.on('error', () => undefined);
        resolve(toResponse(response, abort));
      });
      // An upgrade wasn't requested. Node no longer listens to this socket.
      request.on('upgrade', (response, socket) => {
        socket.on('error', () => undefined);
        socket.destroy();
        resolve(toResponse(response, abort));
      });
      request.end(body);
    });
};

const watchStages = (
  request: ClientRequest,
  { protocol, hostname }: URL,
  onStage: SendOptions['onStage'],
): void => {
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) > 0;
  let current: SendStage = isAddress ? 'connection' : 'lookup';
  onStage(current);
  const reach = (stage: SendStage) => (): void => {
    // Node may emit two of these events in either order.
    if (sendStages.indexOf(stage) <= sendStages.indexOf(current)) return;
    current = stage;
    onStage(stage);
  };
  request.on('socket', (socket) => {
    socket.once('lookup', reach('connection'));
    socket.once('connect', reach(protocol === 'https:' ? 'handshake' : 'sending'));
    socket.once('secureConnect', reach('sending'));
  });
  request.once('finish', reach('answer'));
};

const toResponse = (response: IncomingMessage, close: () => void): HttpResponse => ({
  status: response.statusCode ?? 0,
  headers: response.headers,
  readBody: async (limits) => {
    const body = await readBody(response, limits);
    close();
    return body;
  },
});

const readBody = (
  response: IncomingMessage,
  { bytes: limit, timeout, stop }: BodyLimits,
): Promise<ResponseBody> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (end: ResponseBody['end']): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', stopReading);
      response.removeListener('data', take);
      resolve({ bytes: Buffer.concat(chunks).subarray(0, limit), end });
    };
    const stopReading = (): void => {
      finish('unfinished');
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) finish('cut');
    };
    const timer = setTimeout(stopReading, timeout);
    stop.addEventListener('abort', stopReading);
    response.on('data', take);
    response.once('end', () => {
      finish('whole');
    });
    response.once('close', () => {
      finish('broken');
    });
    if (stop.aborted) stopReading();
    else if (response.destroyed) finish('broken');
  });

/**
 * How many names are looked up at a time. Lookups use Node's four threads, which the database needs
 * too: slow lookups would block every write.
 */
const maxLookups = 2;

type Callback = Parameters<LookupFunction>[2];
type Found = [
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
];

/**
 * Limits the number of simultaneous lookups, and shares the lookup of the same name. Names of this
 * machine don't wait, since they are in a file.
 */
const limitLookups = (lookup: LookupFunction): LookupFunction => {
  const callbacks = new Map<string, Callback[]>();
  const waiting: (() => void)[] = [];
  let active = 0;
  const next = (): void => {
    while (active < maxLookups) {
      const start = waiting.shift();
      if (!start) return;
      active += 1;
      start();
    }
  };
  return (hostname, options, callback) => {
    if (/(^|\.)localhost$/i.test(hostname)) {
      lookup(hostname, options, callback);
      return;
    }
    const lookupKey = JSON.stringify([hostname, options.all, options.family, options.hints]);
    const others = callbacks.get(lookupKey);
    if (others) {
      others.push(callback);
      return;
    }
    const own = [callback];
    callbacks.set(lookupKey, own);
    waiting.push(() => {
      lookup(hostname, options, (...found: Found) => {
        active -= 1;
        callbacks.delete(lookupKey);
        for (const answer of own) answer(...found);
        next();
      });
    });
    next();
  };
};
