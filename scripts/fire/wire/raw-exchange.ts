import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoHttp, readAnswers, type WireAnswer } from '../harness/http-connection.ts';

/** What came back on a connection. */
export interface Heard {
  readonly answers: readonly WireAnswer[];
  /** What came that is no answer; undefined if all of it is. */
  readonly nonsense: string | undefined;
  /** How many bytes the server has taken. */
  readonly written: number;
}

/** What a socket hears. */
export interface RawListening {
  readonly received: readonly Buffer[];
  /** Whether the server has closed the connection. */
  readonly isClosed: () => boolean;
  /** Resolves when it has. */
  readonly end: Promise<void>;
  /** When something last came. */
  readonly lastSign: () => number;
}

export const connectTo = (url: string, options: { readonly half?: boolean } = {}): Socket => {
  const { hostname, port } = new URL(url);
  const socket = connect({
    ...{ host: hostname, port: Number(port), noDelay: true },
    allowHalfOpen: options.half ?? false,
  });
  // Whoever sends what is no HTTP is often cut off.
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

/** Sends bytes as they are, and hears what comes until the server closes or falls silent. */
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

/** Resolves when the bytes are handed over, or can't be. */
export const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    socket.write(bytes, () => {
      resolve();
    });
  });

const understand = (received: readonly Buffer[]): Pick<Heard, 'answers' | 'nonsense'> => {
  try {
    const { answers, rest } = readAnswers(Buffer.concat(received));
    const nonsense = rest > 0 ? `${rest} bytes behind ${answers.length} answers` : undefined;
    return { answers, nonsense };
  } catch (error) {
    if (!(error instanceof NoHttp)) throw error;
    return { answers: [], nonsense: error.message };
  }
};

/** How long a server may leave a flood unread before it counts as stopped, in milliseconds. */
const standstill = 2000;

/** Streams the same bytes until the server closes, stops reading or has taken so many. */
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
  // What the server has said may still be under way.
  await Promise.race([heard.end, sleep(200)]);
  const written = socket.bytesWritten - socket.writableLength;
  socket.destroy();
  return { ...understand(heard.received), written };
};
