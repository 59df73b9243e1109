import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { interruptRequest } from './body-bytes.ts';
import { type ErrorTable, invalid, Refusal } from './refusals.ts';
import { maxDrainBytes, refusalToResponse } from './response.ts';

/** A connection. Node's types declare some of them as any stream, but all are accepted sockets. */
type Connection = Duplex & { readonly bytesRead: number; destroySoon: () => void };

/** The state of a connection. */
interface ConnectionState {
  /** The response to the latest request; it is sent last. */
  latest: ServerResponse | undefined;
  /** How many requests wait for earlier responses. */
  waiting: number;
  /** Whether further requests are ignored. */
  isFinished: boolean;
  /**
   * The number of bytes read at which the connection is destroyed; undefined until it is being
   * closed.
   */
  maxBytesRead: number | undefined;
}

interface Parts {
  readonly handle: RequestListener;
  readonly errors: ErrorTable;
  readonly limits: ConnectionLimits;
}

/**
 * Handles everything that arrives on the connections of a server.
 *
 * The requests of a connection are handled one after the other, so that a request sees the writes
 * of those before it. Invalid HTTP, a request that times out and a request for a tunnel are refused
 * with the usual error body, after the earlier responses; then the connection is destroyed, whether
 * the client closes it or not.
 */
export const serveConnections = (server: Server, parts: Parts): void => {
  const states = new WeakMap<Connection, ConnectionState>();
  const stateOf = (socket: Connection): ConnectionState => {
    const known = states.get(socket);
    if (known) return known;
    const state: ConnectionState = {
      latest: undefined,
      waiting: 0,
      isFinished: false,
      maxBytesRead: undefined,
    };
    states.set(socket, state);
    // Node calls it after a response that closes the connection. Its own version resets a
    // connection with unread bytes, and the response may get lost.
    socket.destroySoon = () => {
      refuseConnection(state, socket, parts);
    };
    return state;
  };
  const handleRequest: RequestListener = (request, response) => {
    handleInOrder(stateOf(request.socket), request, response, parts);
  };
  server.on('request', handleRequest);
  // The reader of the body sends 100 Continue: after an earlier refusal no body is needed.
  server.on('checkContinue', handleRequest);
  // Unknown expectations are ignored; Node would respond 417 without a body (LG-GEN-003).
  server.on('checkExpectation', handleRequest);

  server.on('clientError', (error: ConnectionError, socket: Duplex) => {
    const connection = socket as Connection;
    endAfterError(stateOf(connection), connection, error, parts);
  });
  server.on('connect', (_request, socket: Duplex) => {
    // Node has removed its own listener, and an unhandled error would end the process.
    socket.on('error', ignore);
    const connection = socket as Connection;
    const state = stateOf(connection);
    state.isFinished = true;
    const { latest } = state;
    const refusal = new Refusal('not_found', 'This server does not open tunnels.');
    const refuse = (): void => {
      refuseConnection(state, connection, parts, refusal);
    };
    if (!latest || isSent(latest)) refuse();
    else latest.once('close', refuse);
  });
  // Idle connections make room for new ones.
  server.on('drop', () => {
    server.closeIdleConnections();
  });
};

const ignore = (): void => undefined;

const isSent = (response: ServerResponse): boolean =>
  response.writableFinished || response.destroyed;

const handleInOrder = (
  state: ConnectionState,
  request: IncomingMessage,
  response: ServerResponse,
  { handle, limits }: Parts,
): void => {
  // After the last response everything is ignored, even a request that was completed too late.
  if (state.isFinished) return;
  const { latest } = state;
  state.latest = response;
  // This server doesn't upgrade, and Node drops what follows an Upgrade request.
  if (request.headers.upgrade !== undefined) response.setHeader('Connection', 'close');
  if (!latest || isSent(latest)) {
    handle(request, response);
    return;
  }
  const { socket } = request;
  state.waiting += 1;
  if (state.waiting > limits.waiting) socket.destroy();
  latest.once('close', () => {
    state.waiting -= 1;
    if (!socket.destroyed) handle(request, response);
  });
};

/** Ends a connection after an error, once the pending responses are sent. */
const endAfterError = (
  state: ConnectionState,
  socket: Connection,
  error: ConnectionError,
  parts: Parts,
): void => {
  // Whatever follows an error is an error too; it is drained for a while and ignored.
  if (state.isFinished) {
    if (socket.bytesRead > (state.maxBytesRead ?? Infinity)) socket.destroy();
    return;
  }
  state.isFinished = true;
  // A client that never sent anything doesn't wait for a response.
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const { latest } = state;
  const refusal = refusalOfBrokenRequest(error, parts.limits);
  if (!latest || isSent(latest)) {
    refuseConnection(state, socket, parts, refusal);
    return;
  }
  const isLatestBroken = !latest.req.complete;
  latest.once('close', () => {
    refuseConnection(state, socket, parts, isLatestBroken ? undefined : refusal);
  });
  // The current request is itself the broken one: its own response is the refusal.
  if (isLatestBroken) interruptRequest(latest.req, refusal);
};

/** Sends the last response on a connection, and destroys it once its client had time to read it. */
const refuseConnection = (
  state: ConnectionState,
  socket: Connection,
  { errors, limits }: Parts,
  refusal?: Refusal,
): void => {
  if (state.maxBytesRead !== undefined) return;
  state.isFinished = true;
  const maxBytesRead = (state.maxBytesRead = socket.bytesRead + maxDrainBytes);
  socket.on('error', ignore);
  socket.end(refusal ? formatRefusal(errors, refusal) : '');
  // Unread bytes would reset the connection, and the response might get lost.
  if (socket.listenerCount('data') === 0) {
    socket.on('data', () => {
      if (socket.bytesRead > maxBytesRead) socket.destroy();
    });
  }
  const timer = setTimeout(() => socket.destroy(), limits.linger);
  socket.once('close', () => {
    clearTimeout(timer);
  });
};

/** Node's error about what arrived on a connection. */
type ConnectionError = Error & { readonly code?: string; readonly reason?: string };

/** The refusal of bytes that are no request, or of a request that stays incomplete. */
const refusalOfBrokenRequest = (
  { code = '', message, reason }: ConnectionError,
  { head, request }: ConnectionLimits,
): Refusal => {
  const explanations: Readonly<Record<string, string>> = {
    ERR_HTTP_REQUEST_TIMEOUT:
      `The request did not arrive in time: its head may take ${inSeconds(head)}, ` +
      `and all of it ${inSeconds(request)}.`,
    HPE_HEADER_OVERFLOW: 'The request line and the headers are too large.',
    HPE_CHUNK_EXTENSIONS_OVERFLOW: 'A chunk extension is too large.',
    HPE_INVALID_EOF_STATE: 'The connection ended before the request did.',
  };
  return invalid(explanations[code] ?? `The request is not valid HTTP: ${reason ?? message}.`);
};

const inSeconds = (milliseconds: number): string => `${milliseconds / 1000} seconds`;

/** A refusal as raw HTTP, after which the connection is closed. */
const formatRefusal = (errors: ErrorTable, refusal: Refusal): string => {
  const { status, headers, body = '' } = refusalToResponse(errors, refusal);
  const lines = Object.entries({
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const start = ['HTTP/1.1', status, STATUS_CODES[status]].join(' ');
  const head = [start, ...lines].join('\r\n');
  return `${head}\r\n\r\n${body}`;
};

/**
 * The limits of a connection. They are this server's own; the documentation has none. All times are
 * in milliseconds.
 */
export interface ConnectionLimits {
  /**
   * How long the head of a request may take, from its first byte or the opening of the connection.
   */
  readonly head: number;
  /** How long a whole request may take, its body included. */
  readonly request: number;
  /** How often these two limits are checked. */
  readonly checkInterval: number;
  /** How long a connection is kept open for the next request. */
  readonly idle: number;
  /** How long a client may take to close a finished connection before it is destroyed. */
  readonly linger: number;
  /** How many requests may wait for earlier responses on one connection. */
  readonly waiting: number;
  /** How many connections may be open; further ones are closed without a response. */
  readonly connections: number;
}

export const defaultConnectionLimits: ConnectionLimits = {
  head: 30_000,
  request: 120_000,
  checkInterval: 5_000,
  // Longer than clients keep connections, so that none is closed while a request arrives.
  idle: 75_000,
  linger: 1_000,
  waiting: 1_000,
  connections: 1_000,
};
