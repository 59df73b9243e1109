import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { cutOff } from './body-bytes.ts';
import { type ErrorTable, invalid, Refusal } from './refusals.ts';
import { answerRefusal, mostReadOff } from './response.ts';

/**
 * A connection. Node declares those of some events as any stream, but they are the sockets that it
 * has accepted.
 */
type Connection = Duplex & { readonly bytesRead: number; destroySoon: () => void };

/** What has been said on a connection so far. */
interface Conversation {
  /** The answer to the latest request, which is the last to be sent. */
  latest: ServerResponse | undefined;
  /** How many requests wait for the answers before theirs. */
  waiting: number;
  /** Whether no more requests are taken. */
  over: boolean;
  /** With how many bytes read the connection is destroyed; undefined while it isn't being closed. */
  mostBytes: number | undefined;
}

interface Parts {
  readonly handle: RequestListener;
  readonly errors: ErrorTable;
  readonly limits: ConnectionLimits;
}

/**
 * Takes what comes over the connections of a server, whatever it is.
 *
 * The requests of a connection are worked off one after the other: what is sent behind a write sees
 * what it wrote. What can't be read as HTTP, isn't whole in time or asks for a tunnel is refused
 * with the error body that all refusals have, once the answers before it are out; then the
 * connection is destroyed, whether its client closes it or not.
 */
export const serveConnections = (server: Server, parts: Parts): void => {
  const talks = new WeakMap<Connection, Conversation>();
  const talkOf = (socket: Connection): Conversation => {
    const known = talks.get(socket);
    if (known) return known;
    const talk: Conversation = { latest: undefined, waiting: 0, over: false, mostBytes: undefined };
    talks.set(socket, talk);
    // Node calls it behind an answer that closes the connection. Its own would reset a connection
    // on which more has come than was read, and with it the answer.
    socket.destroySoon = () => {
      refuseConnection(talk, socket, parts);
    };
    return talk;
  };
  const take: RequestListener = (request, response) => {
    takeInTurn(talkOf(request.socket), request, response, parts);
  };
  server.on('request', take);
  // The body of a request that is refused before need not be sent at all: its reader asks for it.
  server.on('checkContinue', take);
  // What nobody can fulfil is passed over; Node would answer 417 without a body (LG-GEN-003).
  server.on('checkExpectation', take);

  server.on('clientError', (error: ConnectionError, socket: Duplex) => {
    const connection = socket as Connection;
    breakOff(talkOf(connection), connection, error, parts);
  });
  server.on('connect', (_request, socket: Duplex) => {
    // Node has taken off its own listener, and an error that nobody hears ends the process.
    socket.on('error', ignore);
    const connection = socket as Connection;
    const talk = talkOf(connection);
    talk.over = true;
    const { latest } = talk;
    const refusal = new Refusal('not_found', 'This server makes no tunnels.');
    const refuse = (): void => {
      refuseConnection(talk, connection, parts, refusal);
    };
    if (!latest || isOver(latest)) refuse();
    else latest.once('close', refuse);
  });
  // Whoever waits for nothing makes room for the next.
  server.on('drop', () => {
    server.closeIdleConnections();
  });
};

const ignore = (): void => undefined;

const isOver = (response: ServerResponse): boolean =>
  response.writableFinished || response.destroyed;

const takeInTurn = (
  talk: Conversation,
  request: IncomingMessage,
  response: ServerResponse,
  { handle, limits }: Parts,
): void => {
  // What comes after the last answer counts for nothing, also a request that came whole too late.
  if (talk.over) return;
  const { latest } = talk;
  talk.latest = response;
  // Node drops what comes behind a wish for another protocol, which isn't fulfilled here.
  if (request.headers.upgrade !== undefined) response.setHeader('Connection', 'close');
  if (!latest || isOver(latest)) {
    handle(request, response);
    return;
  }
  const { socket } = request;
  talk.waiting += 1;
  if (talk.waiting > limits.waiting) socket.destroy();
  latest.once('close', () => {
    talk.waiting -= 1;
    if (!socket.destroyed) handle(request, response);
  });
};

/** Ends a connection on which an error came, after the answers that are under way. */
const breakOff = (
  talk: Conversation,
  socket: Connection,
  error: ConnectionError,
  parts: Parts,
): void => {
  // Whatever comes after an error is one as well; it is read off for a while and counts for nothing.
  if (talk.over) {
    if (socket.bytesRead > (talk.mostBytes ?? Infinity)) socket.destroy();
    return;
  }
  talk.over = true;
  // A client that never said anything isn't waiting for an answer either.
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const { latest } = talk;
  const refusal = refusalOfBrokenRequest(error, parts.limits);
  if (!latest || isOver(latest)) {
    refuseConnection(talk, socket, parts, refusal);
    return;
  }
  const own = !latest.req.complete;
  latest.once('close', () => {
    refuseConnection(talk, socket, parts, own ? undefined : refusal);
  });
  // The request that is being answered is itself the broken one: its answer says so.
  if (own) cutOff(latest.req, refusal);
};

/** Says the last words on a connection, and destroys it when its client has had time to read them. */
const refuseConnection = (
  talk: Conversation,
  socket: Connection,
  { errors, limits }: Parts,
  refusal?: Refusal,
): void => {
  if (talk.mostBytes !== undefined) return;
  talk.over = true;
  const mostBytes = (talk.mostBytes = socket.bytesRead + mostReadOff);
  socket.on('error', ignore);
  socket.end(refusal ? formatRefusal(errors, refusal) : '');
  // Bytes that stay unread would have the connection reset, and the answer perhaps lost with it.
  if (socket.listenerCount('data') === 0) {
    socket.on('data', () => {
      if (socket.bytesRead > mostBytes) socket.destroy();
    });
  }
  const timer = setTimeout(() => socket.destroy(), limits.linger);
  socket.once('close', () => {
    clearTimeout(timer);
  });
};

/** An error of Node's about what came over a connection. */
type ConnectionError = Error & { readonly code?: string; readonly reason?: string };

/** The refusal of what never becomes a request, or never becomes whole. */
const refusalOfBrokenRequest = (
  { code = '', message, reason }: ConnectionError,
  { head, request }: ConnectionLimits,
): Refusal => {
  const explanations: Readonly<Record<string, string>> = {
    ERR_HTTP_REQUEST_TIMEOUT:
      `The request did not arrive in time: its head may take ${inSeconds(head)}, ` +
      `and all of it ${inSeconds(request)}.`,
    HPE_HEADER_OVERFLOW: 'The line and the headers of the request are too large together.',
    HPE_CHUNK_EXTENSIONS_OVERFLOW: 'The extensions of a chunk are too large.',
    HPE_INVALID_EOF_STATE: 'The connection ended before the request did.',
  };
  return invalid(explanations[code] ?? `The request is not valid HTTP: ${reason ?? message}.`);
};

const inSeconds = (milliseconds: number): string => `${milliseconds / 1000} seconds`;

/** A refusal as it goes over the wire, after which the connection is closed. */
const formatRefusal = (errors: ErrorTable, refusal: Refusal): string => {
  const { status, headers, body = '' } = answerRefusal(errors, refusal);
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
 * What this server grants a connection. These are its own habits: the API says nothing of them.
 * All times are in milliseconds.
 */
export interface ConnectionLimits {
  /** How long the head of a request may take, from its first byte or the opening on. */
  readonly head: number;
  /** How long a whole request may take, its body included. */
  readonly request: number;
  /** How often the two are looked at. */
  readonly lookEvery: number;
  /** How long a connection is kept open for the next request. */
  readonly idle: number;
  /** How long a client may take to close a connection that is over, before it is destroyed. */
  readonly linger: number;
  /** How many requests may wait for their answers on one connection. */
  readonly waiting: number;
  /** How many connections may be open; more are closed unanswered. */
  readonly connections: number;
}

export const defaultConnectionLimits: ConnectionLimits = {
  head: 30_000,
  request: 120_000,
  lookEvery: 5_000,
  // Longer than clients keep connections, so that none is closed under a request.
  idle: 75_000,
  linger: 1_000,
  waiting: 1_000,
  connections: 1_000,
};
