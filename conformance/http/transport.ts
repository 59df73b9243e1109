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
 * The one way to the target. It takes a whole `Request`, so that whatever stands between suite and
 * server (a recorder, a liar, patience) wraps it as a plain function. A signal that fires gives the
 * request up; it stands beside the request, as a `Request` with one of its own costs a good deal.
 */
export type Fetch = (request: Request, signal?: AbortSignal) => Promise<Response>;

/** What rests on the world outside, passed in so that tests can stand in for it. */
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
 * Makes the way to a target. A request is sent as it stands, and the whole answer given as it
 * came: no redirect is followed, nothing but a compressed body is decoded, and what comes before the
 * answer (100, 103) is let pass.
 *
 * A server may close an idle connection just when it is used again. A GET that this befalls is
 * sent once more; for a write nobody could tell whether the server still took it, so each has a
 * connection of its own.
 *
 * It stands on Node's own client, since `fetch` takes several times the work for each request.
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
    // Once an answer has begun, its own stream says whether it came whole.
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    sent.once('response', (answer) => {
      answered = true;
      buffer(answer)
        .then((bytes) => {
          resolve(toResponse(answer, bytes));
          // Who has answered need not read the rest.
          if (!sent.writableFinished) sent.destroy();
        })
        .catch(reject);
    });
    // A switch of protocols that nobody asked for is an answer without a body.
    sent.once('upgrade', (answer, socket) => {
      answered = true;
      socket.destroy();
      resolve(toResponse(answer, Buffer.alloc(0)));
    });
    sent.end(body);
  });

/** Sockets that are used again need it once. */
const patched = new WeakSet<Socket>();

/**
 * A server may answer and close while the body is still being written. A write that fails then
 * would destroy the socket together with an answer that has arrived and wasn't read yet. So a
 * failed write is passed over: reading goes on, and finds the answer or the end of the connection.
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
 * Without the first two some gateways refuse a request before the target sees it; who names no
 * encoding takes any (RFC 9110, section 12.5.3), also such as aren't decoded here.
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

/** Some servers leave out what goes around it, and clients bear with that. */
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

/** What doesn't decode is given as it came, for the rules to judge. */
const decode = (bytes: Buffer, encoding: string): Buffer => {
  const decoder = decoders.get(encoding.trim().toLowerCase());
  try {
    return decoder?.(bytes) ?? bytes;
  } catch {
    return bytes;
  }
};

/** What an answer may be built of; a status may be any that HTTP can carry. */
export interface ResponseParts {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string>>;
}

// The constructor refuses a body for these, even an empty one.
const bodiless = [101, 204, 205, 304];

/**
 * A response with any status. The constructor refuses those outside 200 to 599, which a target may
 * answer all the same: it is for the rules to say what is wrong with them.
 */
export const buildResponse = (
  body: ConstructorParameters<typeof Response>[0],
  { status, headers }: ResponseParts,
): Response => {
  const kept = bodiless.includes(status) ? null : body;
  if (status >= 200 && status <= 599) return new Response(kept, { status, headers });
  const response = new Response(kept, { headers });
  // `ok` is read off the status that was built; nothing here asks for it.
  Object.defineProperty(response, 'status', { value: status });
  return response;
};
