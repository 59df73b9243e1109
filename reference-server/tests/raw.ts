import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

/** A connection of a client that closes its half only when the test says so. */
export interface RawConnection {
  readonly socket: Socket;
  /** What has come so far. */
  readonly text: () => string;
  readonly send: (...parts: readonly (string | Buffer)[]) => void;
  /** Waits until something has come. */
  readonly waitForText: (words: RegExp | string) => Promise<string>;
  /** Waits until the server has closed its half; answers all that has come. */
  readonly end: () => Promise<string>;
  /** Sends the same piece over and over, and answers how many bytes went until that failed. */
  readonly flood: (piece: string | Buffer, most: number) => Promise<number>;
}

/** Opens a connection to a server, as a client that speaks bytes. */
export const open = async (url: string): Promise<RawConnection> => {
  const { port, hostname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let text = '';
  socket.setEncoding('latin1').on('data', (more: string) => (text += more));
  // Bytes that come after a connection was destroyed are answered with a reset: that is an event
  // like any other here.
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

/** Every server-side end of a connection that a server of this process accepts, while tests run. */
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

/** A request as it goes over the wire; a body gives its length unless another header does. */
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

/** Takes answers apart that came one after the other; each has its length. */
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

/** What the error of a refusal says. */
export const errorIn = ({ body }: RawAnswer): { code: string; message: string } =>
  (JSON.parse(body) as { error: { code: string; message: string } }).error;

/** Waits until something is so, for at most so many milliseconds; answers whether it is. */
export const comes = async (isSo: () => boolean, within = 5000): Promise<boolean> => {
  const end = performance.now() + within;
  while (!isSo() && performance.now() < end) await sleep(10);
  return isSo();
};
