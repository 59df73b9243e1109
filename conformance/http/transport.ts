import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestByHttp,
} from 'node:http';
import { Agent as SecureAgent, request as requestByHttps } from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/**
 * Sends every request to the target. It takes a whole `Request`, so that recorders, faults and waits
 * can wrap it as plain functions. The signal aborts the request; it is a separate parameter because
 * a `Request` with its own signal is slow to create.
 */
export type Fetch = (request: Request, signal?: AbortSignal) => Promise<Response>;

/** Network and clock, passed in so that tests can replace them. */
export interface Surroundings {
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Resolves after so many milliseconds.
   *
   * @param reason - what is waited for, where a person should know
   */
  readonly sleep: (milliseconds: number, reason?: string) => Promise<void>;
}

/**
 * Creates the fetch of a run. Requests are sent and responses returned unchanged: no redirect is
 * followed, only compressed bodies are decoded, and interim responses (100, 103) are ignored.
 *
 * A server may close an idle connection just when it is used again. A GET is sent once more then. A
 * write might have been processed already, so each write uses a new connection.
 *
 * It uses Node's own HTTP client, since `fetch` is several times slower.
 */
export const createTransport = (): Fetch => {
  const agents = {
    http: new Agent({ keepAlive: true }),
    https: new SecureAgent({ keepAlive: true }),
  };
  return async (request, signal) => {
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const { method, url } = request;
    const secure = url.startsWith('https:');
    const headers = headersOf(request, body);
    const open = (agent: Agent | false): ClientRequest => {
      const send = secure ? requestByHttps : requestByHttp;
      return send(url, { method, headers, agent, ...(signal ? { signal } : {}) });
    };
    if (method !== 'GET') return exchange(open(false), body);
    const sent = open(secure ? agents.https : agents.http);
    return exchange(sent, body).catch((thrown: unknown) => {
      if (!sent.reusedSocket || !isHangUp(thrown)) throw thrown;
      return exchange(open(false), body);
    });
  };
};

const exchange = (sent: ClientRequest, body: Uint8Array | undefined): Promise<Response> =>
  new Promise((resolve, reject) => {
    let answered = false;
    sent.once('socket', ignoreFailedWrites);
    // After the response has begun, its own stream reports errors.
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    sent.once('response', (answer) => {
      answered = true;
      buffer(answer)
        .then((bytes) => {
          resolve(toResponse(answer, bytes));
          // A server that has responded need not read the rest of the request.
          if (!sent.writableFinished) sent.destroy();
        })
        .catch(reject);
    });
    // An unrequested switch of protocols counts as a response without a body.
    sent.once('upgrade', (answer, socket) => {
      answered = true;
      socket.destroy();
      resolve(toResponse(answer, Buffer.alloc(0)));
    });
    sent.end(body);
  });

/** Reused sockets are patched only once. */
const patched = new WeakSet<Socket>();

/**
 * A server may respond and close the connection while the body is still being written. The failed
 * write would destroy the socket, and with it a response that wasn't read yet. So failed writes are
 * ignored: reading finds the response, or the end of the connection.
 */
const ignoreFailedWrites = (socket: Socket): void => {
  if (patched.has(socket)) return;
  patched.add(socket);
  const write = socket._write.bind(socket);
  socket._write = (chunk, encoding, done) => {
    write(chunk, encoding, () => {
      done();
    });
  };
  const writeMany = socket._writev?.bind(socket);
  if (!writeMany) return;
  socket._writev = (chunks, done) => {
    writeMany(chunks, () => {
      done();
    });
  };
};

const isHangUp = (thrown: unknown): boolean =>
  ['ECONNRESET', 'EPIPE'].includes((thrown as NodeJS.ErrnoException).code ?? '');

const headersOf = (request: Request, body: Uint8Array | undefined): Record<string, string> => {
  const headers = { ...usual, ...Object.fromEntries(request.headers) };
  // A GET without a body has no length either.
  if (request.method === 'GET' && !body) return headers;
  return { ...headers, 'content-length': String(body?.length ?? 0) };
};

/**
 * Some gateways refuse requests without the first two. Without the third, a server may use any
 * encoding (RFC 9110, section 12.5.3), even one that isn't decoded here.
 */
const usual: Readonly<Record<string, string>> = {
  accept: '*/*',
  'user-agent': 'leadgrid-conformance',
  'accept-encoding': 'identity, gzip;q=0.5, deflate;q=0.5, br;q=0.5',
};

const toResponse = ({ statusCode = 0, rawHeaders }: IncomingMessage, bytes: Buffer): Response => {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const body = decode(bytes, headers.get('content-encoding') ?? '');
  return buildResponse(body, { status: statusCode, headers });
};

/** Some servers leave out the zlib header, which clients usually accept. */
const inflate = (bytes: Buffer): Buffer => {
  try {
    return inflateSync(bytes);
  } catch {
    return inflateRawSync(bytes);
  }
};

const decoders: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflate],
  ['br', brotliDecompressSync],
]);

/** A body that can't be decoded is returned unchanged, for the rules to check. */
const decode = (bytes: Buffer, encoding: string): Buffer => {
  const decoder = decoders.get(encoding.trim().toLowerCase());
  try {
    return decoder?.(bytes) ?? bytes;
  } catch {
    return bytes;
  }
};

/** The parts of a response; the status may be any number that HTTP can carry. */
export interface ResponseParts {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string>>;
}

// The constructor refuses a body for these, even an empty one.
const bodiless = [101, 204, 205, 304];

/**
 * A response with any status. The constructor refuses those outside 200 to 599, which a target may
 * return: the rules check them.
 */
export const buildResponse = (
  body: ConstructorParameters<typeof Response>[0],
  { status, headers }: ResponseParts,
): Response => {
  const kept = bodiless.includes(status) ? null : body;
  if (status >= 200 && status <= 599) return new Response(kept, { status, headers });
  const response = new Response(kept, { headers });
  // `ok` keeps the value of the constructed status; the suite doesn't use it.
  Object.defineProperty(response, 'status', { value: status });
  return response;
};
