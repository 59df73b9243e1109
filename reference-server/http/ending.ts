import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { cutOf, isPartial } from './incoming.ts';

/**
 * How much of a request is read off after its answer, in bytes and milliseconds. Many clients read
 * an answer only when all is written, and a connection that is closed on unread bytes is reset,
 * which may take the answer with it. Beyond this a client doesn't read, or has no end.
 */
export const mostReadOff = 32 * 1024 * 1024;
const longestReadOff = 10_000;

/** How long a client may take to fetch an answer that is made, in milliseconds. */
export const longestFetch = 120_000;

/**
 * Prepares to answer a request of which more is to come, before the head of the answer is written:
 * a client that would send more than is read off is asked to stop.
 */
export const announceClose = (response: ServerResponse): void => {
  const length = Number(response.req.headers['content-length'] ?? Infinity);
  if (cutOf(response.req) || length > mostReadOff) response.setHeader('Connection', 'close');
};

/** Ends an answer whose head is written. */
export const endAnswer = (
  response: ServerResponse,
  body: string,
  encoding: BufferEncoding,
): void => {
  const { req: request } = response;
  if (isPartial(request) && !cutOf(request)) endAfterRest(response, body, encoding);
  else response.end(body, encoding);
  if (request.socket.writableLength > 0) limitFetch(response, request.socket);
};

/** Sends an answer whole, but lets the exchange go on until the rest of the request was read off. */
const endAfterRest = (response: ServerResponse, body: string, encoding: BufferEncoding): void => {
  const { req: request } = response;
  response.flushHeaders();
  if (body !== '') response.write(body, encoding);
  let left = mostReadOff;
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', count).off('end', end).off('error', end);
    response.end();
  };
  const giveUp = (): void => {
    end();
    request.socket.destroy();
  };
  const count = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) giveUp();
  };
  const timer = setTimeout(giveUp, longestReadOff);
  response.once('close', end);
  request.once('end', end).once('error', end).on('data', count);
  request.resume();
};

const limitFetch = (response: ServerResponse, socket: Socket): void => {
  const timer = setTimeout(() => socket.destroy(), longestFetch).unref();
  response.once('close', () => {
    clearTimeout(timer);
  });
};
