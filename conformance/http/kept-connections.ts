import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import buildConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import { type Flight, type HttpRequest, type HttpResponse, mostBytes } from './message.ts';
import {
  closedError,
  headersOf,
  ignoreFailedWrites,
  isClosed,
  toOversized,
  toResponse,
} from './wire.ts';

/** A kept connection is not used after so many milliseconds, as servers close idle ones. */
export const longestIdle = 3_000;

/** Thrown for a request that this client can't send. */
export class Unsendable extends Error {}

/**
 * Thrown when no response came though the target may have processed the request: a connection that
 * had been used before was closed, or what came can't be read by this client.
 */
export class Unanswered extends Error {}

/** Sends requests over connections that are used again. */
export type SendKept = (request: HttpRequest, flight?: Flight) => Promise<HttpResponse>;

/** One connection, opened again when it was closed. */
interface Connection {
  readonly client: Client;
  socket?: Socket;
  /** Whether it brought a response since it was opened. */
  used: boolean;
}

/**
 * Creates the way over kept connections. The last one that was used is taken first. undici is its
 * client, which takes a third of the time of Node's own.
 *
 * @param tls - options of each connection
 */
export const createKeptConnections = (tls: object): SendKept => {
  const free = new Map<string, Connection[]>();
  const open = (origin: string): Connection => {
    const connect = buildConnector({ ...tls, timeout: 0 });
    const connection: Connection = {
      client: new Client(origin, {
        keepAliveTimeout: longestIdle,
        keepAliveMaxTimeout: longestIdle,
        // The run has its own time limits.
        ...{ headersTimeout: 0, bodyTimeout: 0 },
        connect: (options, done) => {
          connect(options, (...result) => {
            const [, socket] = result;
            if (socket) {
              ignoreFailedWrites(socket);
              Object.assign(connection, { socket, used: false });
            }
            done(...result);
          });
        },
      }),
      used: false,
    };
    return connection;
  };
  return async (request, flight) => {
    const { origin, path } = partsOf(request.url);
    const kept = free.get(origin) ?? [];
    free.set(origin, kept);
    const connection = kept.pop() ?? open(origin);
    const response = await dispatch(connection, request, path, flight);
    connection.used = true;
    // A server that has responded need not read the rest of the request.
    if (response.oversized || connection.socket?.writableLength !== 0) abandon(connection);
    else kept.push(connection);
    return response;
  };
};

const partsOf = (url: string): { readonly origin: string; readonly path: string } => {
  const end = url.indexOf('/', url.indexOf('//') + 2);
  if (end < 0) return { origin: url, path: '/' };
  const hash = url.indexOf('#', end);
  return { origin: url.slice(0, end), path: url.slice(end, hash < 0 ? undefined : hash) };
};

const dispatch = (
  connection: Connection,
  request: HttpRequest,
  path: string,
  flight: Flight | undefined,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    const { client } = connection;
    const { method, body } = request;
    let started = false;
    let cancelled: Error | undefined;
    if (flight) {
      flight.cancel = () => {
        cancelled = new Error('The request was aborted.');
        abandon(connection, cancelled);
      };
    }
    const reader = createReader(resolve);
    const fail = (thrown: Error): void => {
      abandon(connection);
      const answered = reader.hasBegun();
      reject(cancelled ?? describe(thrown, { started, answered, connection }));
    };
    try {
      client.dispatch(
        { path, method: method, headers: headersOf(request), body: body ?? null },
        {
          ...reader.handler,
          onRequestStart: () => {
            started = true;
          },
          onResponseError: (_, thrown) => {
            fail(thrown);
          },
        },
      );
    } catch (thrown) {
      fail(thrown as Error);
    }
  });

/** Reads a response to its end, or to the length of the longest body. */
const createReader = (done: (response: HttpResponse) => void) => {
  const chunks: Buffer[] = [];
  let [status, size] = [0, 0];
  let fields: readonly string[] = [];
  const handler: Dispatcher.DispatchHandler = {
    onResponseStart: ({ rawHeaders }, code) => {
      if (code < 200) return;
      status = code;
      fields = (rawHeaders as readonly Buffer[]).map((field) => field.toString('latin1'));
    },
    onResponseData: (_, chunk) => {
      if (size > mostBytes) return;
      size += chunk.length;
      chunks.push(chunk);
      if (size > mostBytes) done(toOversized(status, fields, chunks));
    },
    onResponseEnd: () => {
      if (size <= mostBytes) done(toResponse(status, fields, chunks));
    },
  };
  return { handler, hasBegun: () => status !== 0 };
};

/** Closes a connection for good. */
const abandon = ({ client }: Connection, reason?: Error): void => {
  client.destroy(reason ?? null).catch(() => undefined);
};

interface Circumstances {
  /** Whether the connection was open and the request was begun. */
  readonly started: boolean;
  readonly answered: boolean;
  readonly connection: Connection;
}

const describe = (thrown: Error, { started, answered, connection }: Circumstances): Error => {
  if (!started) return refusals.includes(codeOf(thrown)) ? new Unsendable(thrown.message) : thrown;
  if (!wasClosed(thrown) || connection.used) return new Unanswered(thrown.message);
  return closedError(answered ? 'The response was cut off.' : 'socket hang up');
};

const codeOf = (thrown: Error): string => String((thrown as NodeJS.ErrnoException).code);

const refusals: readonly string[] = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'];

/** Whether the other side closed the connection; undici has the same code for what it can't read. */
const wasClosed = (thrown: Error): boolean =>
  codeOf(thrown) === 'UND_ERR_SOCKET' ? thrown.message === 'other side closed' : isClosed(thrown);
