import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoHttp, readAnswers, type WireAnswer } from '../harness/http-connection.ts';

/** What a connection has received. */
export interface Heard {
  readonly answers: readonly WireAnswer[];
  /** What is wrong with the received bytes; undefined if all of them are responses. */
  readonly nonsense: string | undefined;
  /** The number of bytes sent to the server. */
  readonly written: number;
}

/** What a socket has received so far. */
export interface RawListening {
  readonly received: readonly Buffer[];
  /** Whether the server has closed the connection. */
  readonly isClosed: () => boolean;
  /** Resolves when the server closes the connection. */
  readonly end: Promise<void>;
  /** The time of the last received bytes, by `performance.now()`. */
  readonly lastSign: () => number;
}

export const connectTo = (url: string, options: { readonly half?: boolean } = {}): Socket => {
  const { hostname, port } = new URL(url);
  const socket = connect({
    ...{ host: hostname, port: Number(port), noDelay: true },
    allowHalfOpen: options.half ?? false,
  });
  // The server often resets connections that send invalid HTTP.
  socket.on('error', () => undefined);
  return socket;
};

export const listenTo = (socket: Socket): RawListening => {
  const received: Buffer[] = [];
  let closed = false;
  let lastSign = performance.now();
  socket.on('data', (chunk) => {
    received.push(chunk);
    lastSign = performance.now();
  });
  const end = new Promise<void>((resolve) => {
    for (const event of ['end', 'close']) {
      socket.once(event, () => {
        closed = true;
        resolve();
      });
    }
  });
  return { received, end, isClosed: () => closed, lastSign: () => lastSign };
};

/** Sends raw bytes; reads until the server closes or sends nothing for `patience` milliseconds. */
export const exchangeRaw = async (url: string, bytes: Buffer, patience: number): Promise<Heard> => {
  const socket = connectTo(url);
  const heard = listenTo(socket);
  await Promise.race([write(socket, bytes), heard.end]);
  const start = performance.now();
  while (!heard.isClosed() && performance.now() - Math.max(start, heard.lastSign()) < patience) {
    await Promise.race([heard.end, sleep(Math.min(patience, 20))]);
  }
  const written = socket.bytesWritten;
  socket.destroy();
  return { ...understand(heard.received), written };
};

/** Resolves when the bytes are written, or can't be. */
export const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    socket.write(bytes, () => {
      resolve();
    });
  });

const understand = (received: readonly Buffer[]): Pick<Heard, 'answers' | 'nonsense'> => {
  try {
    const { answers, rest } = readAnswers(Buffer.concat(received));
    const nonsense = rest > 0 ? `${rest} bytes after ${answers.length} answers` : undefined;
    return { answers, nonsense };
  } catch (error) {
    if (!(error instanceof NoHttp)) throw error;
    return { answers: [], nonsense: error.message };
  }
};

/** After this time without reading, in milliseconds, the server counts as stopped. */
const standstill = 2000;

/** Sends `drop` repeatedly until the server closes, stops reading or has read `most` bytes. */
export const pour = async (
  url: string,
  head: Buffer,
  drop: Buffer,
  most: number,
): Promise<Heard> => {
  const socket = connectTo(url);
  const heard = listenTo(socket);
  socket.write(head);
  let moved = performance.now();
  let taken = 0;
  while (!heard.isClosed() && taken < most && performance.now() - moved < standstill) {
    if (socket.writableNeedDrain) {
      await sleep(1);
      continue;
    }
    socket.write(drop);
    taken += drop.length;
    moved = performance.now();
  }
  // The response may still be on its way.
  await Promise.race([heard.end, sleep(200)]);
  const written = socket.bytesWritten - socket.writableLength;
  socket.destroy();
  return { ...understand(heard.received), written };
};
