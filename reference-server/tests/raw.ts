import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

/** A client connection whose half stays open until the test closes it. */
export interface RawConnection {
  readonly socket: Socket;
  /** What was received so far. */
  readonly text: () => string;
  readonly send: (...parts: readonly (string | Buffer)[]) => void;
  /** Waits until something was received. */
  readonly waitForText: (words: RegExp | string) => Promise<string>;
  /** Waits until the server has closed its half; returns all that was received. */
  readonly end: () => Promise<string>;
  /** Sends the same bytes repeatedly; returns how many were sent until that failed. */
  readonly flood: (piece: string | Buffer, most: number) => Promise<number>;
}

/** Opens a raw connection to a server. */
export const open = async (url: string): Promise<RawConnection> => {
  const { port, hostname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let text = '';
  socket.setEncoding('latin1').on('data', (more: string) => (text += more));
  // Bytes sent after the server has destroyed the connection cause a reset, which is expected.
  let wake = (): void => undefined;
  for (const event of ['data', 'end', 'drain', 'error', 'close', 'connect']) {
    socket.on(event, () => {
      wake();
    });
  }
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const isOver = (): boolean => socket.readableEnded || socket.destroyed;
  await until(() => !socket.connecting);
  return {
    ...{ socket, text: () => text },
    send: (...parts) => {
      for (const part of parts) socket.write(part);
    },
    waitForText: async (words) => {
      const untilRead = (): boolean =>
        typeof words === 'string' ? text.includes(words) : words.test(text);
      await until(() => untilRead() || isOver());
      if (!untilRead()) throw new Error(`It ended with: ${text}`);
      return text;
    },
    end: async () => {
      await until(isOver);
      return text;
    },
    flood: async (piece, most) => {
      let sent = 0;
      while (sent < most && socket.writable) {
        socket.write(piece);
        sent += piece.length;
        await until(() => !socket.writableNeedDrain || socket.destroyed);
      }
      return sent;
    },
  };
};

/** All sockets that servers of this process accept while tests run. */
export const useAccepted = (): Set<Socket> => {
  const accepted = new Set<Socket>();
  const listener = (message: unknown): void => {
    accepted.add((message as { socket: Socket }).socket);
  };
  beforeAll(() => {
    subscribe('net.server.socket', listener);
  });
  afterAll(() => {
    unsubscribe('net.server.socket', listener);
  });
  return accepted;
};

/** A request as text; a body adds its Content-Length unless a header has it. */
export const raw = (
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string => {
  const { pathname, search, host } = new URL(url);
  const framed = 'Transfer-Encoding' in headers || 'Content-Length' in headers || body === '';
  const all = {
    Host: host,
    ...(!framed && { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
};

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Splits consecutive responses; each has a Content-Length. */
export const answersIn = (text: string): RawAnswer[] => {
  const answers: RawAnswer[] = [];
  for (let rest = text; rest !== '';) {
    const at = rest.indexOf('\r\n\r\n');
    const head = rest.slice(0, at);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    const length = Number(/^content-length: (\d+)\r?$/im.exec(head)?.[1] ?? 0);
    if (at < 0 || Number.isNaN(status)) throw new Error(`This is no answer: ${rest}`);
    const body = rest.slice(at + 4, at + 4 + length);
    if (body.length < length) throw new Error(`This is cut off: ${rest}`);
    answers.push({ status, head, body });
    rest = rest.slice(at + 4 + length);
  }
  return answers;
};

export const statusesIn = (text: string): number[] => answersIn(text).map(({ status }) => status);

/** The error of a refusal. */
export const errorIn = ({ body }: RawAnswer): { code: string; message: string } =>
  (JSON.parse(body) as { error: { code: string; message: string } }).error;

/** Waits for a condition, at most this many milliseconds; returns whether it holds. */
export const comes = async (isSo: () => boolean, within = 5000): Promise<boolean> => {
  const end = performance.now() + within;
  while (!isSo() && performance.now() < end) await sleep(10);
  return isSo();
};
