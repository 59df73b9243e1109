import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestByHttp,
  type RequestOptions,
} from 'node:http';
import { Agent as SecureAgent, request as requestByHttps } from 'node:https';
import type { Socket } from 'node:net';
import { decodeBody } from './decoding.ts';
import { lookupBothFamilies } from './localhost.ts';
import {
  type Flight,
  type HttpRequest,
  type HttpResponse,
  mostBytes,
  type Send,
} from './message.ts';

/** How connections are made. */
export interface TransportOptions {
  /** Certificates of the authorities that are trusted in place of the usual ones, in PEM. */
  readonly ca?: string | undefined;
  /** Whether any certificate is accepted. */
  readonly insecure?: boolean | undefined;
  /** The agent for a URL that is behind a proxy; undefined for a direct way. */
  readonly proxyAgent?: ((url: string, reuse: boolean) => Agent | undefined) | undefined;
}

/**
 * Thrown when a connection that had been used before was closed under a write: the target may have
 * processed it or not.
 */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
}

/** A kept connection is not used after so many milliseconds, as servers close idle ones. */
export const longestIdle = 3_000;

/**
 * Creates the way to a target. Requests are sent and responses returned unchanged: no redirect is
 * followed, only compressed bodies are decoded, and interim responses (100, 103) are ignored.
 *
 * Connections are used again for reads, and for the writes that allow it. A server may close one
 * just then. A GET is sent once more; a write might have been processed already, and its loss is a
 * `LostConnection`.
 *
 * It uses Node's own HTTP client, since `fetch` is several times slower.
 */
export const createTransport = (options: TransportOptions = {}): Send => {
  const { ca, insecure } = options;
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
  const common = { lookup: lookupBothFamilies, autoSelectFamily: true, ...tls };
  const kept = { ...common, keepAlive: true, scheduling: 'lifo', timeout: longestIdle } as const;
  const agents = {
    http: { kept: new Agent(kept), fresh: new Agent(common) },
    https: { kept: new SecureAgent(kept), fresh: new SecureAgent(common) },
  };
  return async (request, flight) => {
    const { method, url } = request;
    const secure = url.startsWith('https:');
    const reused = method === 'GET' || request.reuse === true;
    const open = (reuse: boolean): ClientRequest => {
      const own = agents[secure ? 'https' : 'http'][reuse ? 'kept' : 'fresh'];
      const agent = options.proxyAgent?.(url, reuse) ?? own;
      const send = secure ? requestByHttps : requestByHttp;
      return send({ ...addressOf(url), method, headers: headersOf(request), agent });
    };
    const sent = open(reused);
    try {
      return await exchange(sent, request.body, flight);
    } catch (thrown) {
      if (!sent.reusedSocket || !isHangUp(thrown)) throw thrown;
      if (method !== 'GET') throw new LostConnection('A kept connection was closed under a write.');
      return exchange(open(false), request.body, flight);
    }
  };
};

/** The address in the form that Node takes; parsing it as a URL again would cost more. */
const addressOf = (url: string): RequestOptions => {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  const { hostname, port, protocol, search } = originOf(end < 0 ? url : url.slice(0, end));
  const path = end < 0 ? `/${search}` : url.slice(end).replace(/#.*$/s, '');
  return { protocol, hostname, ...(port === '' ? {} : { port }), path };
};

const originOf = (origin: string): Pick<URL, 'hostname' | 'port' | 'protocol' | 'search'> => {
  const { hostname, port, protocol, search } = new URL(origin);
  // Node takes an IPv6 address without its brackets.
  return { hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port, protocol, search };
};

const exchange = (
  sent: ClientRequest,
  body: Uint8Array | undefined,
  flight: Flight | undefined,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    let answered = false;
    if (flight) {
      flight.cancel = () => {
        sent.destroy(new Error('The request was aborted.'));
      };
    }
    sent.once('socket', ignoreFailedWrites);
    // After the response has begun, its own stream reports errors.
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    sent.once('response', (answer) => {
      answered = true;
      readBody(answer, (response) => {
        resolve(response);
        // A server that has responded need not read the rest of the request.
        if (!sent.writableFinished || response.oversized) sent.destroy();
      }).catch(reject);
    });
    // An unrequested switch of protocols counts as a response without a body.
    sent.once('upgrade', (answer, socket) => {
      answered = true;
      socket.destroy();
      resolve(toResponse(answer, []));
    });
    sent.end(body);
  });

/** What is kept of a body that is too long, in bytes. */
const keptOfOversized = 64 * 1024;

const readBody = (answer: IncomingMessage, done: (response: HttpResponse) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (response: HttpResponse): void => {
      done(response);
      resolve();
    };
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= mostBytes) return;
      answer.removeAllListeners('data');
      const start = Buffer.concat(chunks).toString('utf8', 0, keptOfOversized);
      end({ ...toResponse(answer, []), body: start, oversized: true });
    });
    answer.once('end', () => {
      end(toResponse(answer, chunks));
    });
    answer.once('error', reject);
    answer.once('close', () => {
      reject(Object.assign(new Error('The response was cut off.'), { code: 'ECONNRESET' }));
    });
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

const headersOf = ({ method, headers, body }: HttpRequest): Record<string, string> => {
  // A GET without a body has no length either.
  if (method === 'GET' && !body) return { ...usual, ...headers };
  return { ...usual, ...headers, 'content-length': String(body?.length ?? 0) };
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

// HTTP gives these no body.
const bodiless = [101, 204, 205, 304];

const toResponse = (
  { statusCode: status = 0, rawHeaders }: IncomingMessage,
  chunks: readonly Buffer[],
): HttpResponse => {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    headers[name] = name in headers ? `${headers[name] ?? ''}, ${value}` : value;
  }
  if (bodiless.includes(status)) return { status, headers, body: '' };
  const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  return { status, headers, ...decodeBody(bytes, headers['content-encoding'] ?? '') };
};
