import { connect } from 'node:net';
import { NoHttp, readAnswer, type Answer } from './answer.ts';

/** A request got no answer; the message says how. */
export class NoAnswer extends Error {
  /** Whether the connection was closed without a byte, as a kept one may be at any time. */
  readonly isClosing: boolean;

  constructor(reason: string, isClosing = false) {
    super(reason);
    this.isClosing = isClosing;
  }
}

/** A connection that is kept; one request at a time. */
export interface Connection {
  /** @throws NoAnswer; the connection is closed then */
  readonly send: (bytes: Buffer, options?: { readonly head?: boolean }) => Promise<Answer>;
  readonly close: () => void;
}

/** How long an answer may take, in milliseconds. */
const answerTimeout = 10_000;

/** Opens connections to a server when they are needed, and again when the server has closed one. */
export const createConnection = (url: string): Connection => {
  let link: Link | undefined;
  return {
    close: () => {
      link?.close();
    },
    send: async (bytes, { head = false } = {}) => {
      const kept = link?.isOpen() === true ? link : undefined;
      link = kept ?? openLink(url);
      try {
        return await link.exchange(bytes, head);
      } catch (error) {
        if (!kept || !(error instanceof NoAnswer) || !error.isClosing) throw error;
        link = openLink(url);
        return link.exchange(bytes, head);
      }
    },
  };
};

/** One connection, until it is closed. */
interface Link {
  readonly exchange: (bytes: Buffer, head: boolean) => Promise<Answer>;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

interface Waiting {
  readonly head: boolean;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: NoAnswer) => void;
}

const openLink = (url: string): Link => {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let waiting: Waiting | undefined;
  let timer: NodeJS.Timeout | undefined;
  let reason = 'the connection was closed';

  const fail = (why: string): void => {
    socket.destroy();
    clearTimeout(timer);
    waiting?.reject(new NoAnswer(why, received.length === 0 && why === reason));
    waiting = undefined;
  };
  const take = (closed: boolean): void => {
    if (!waiting) return;
    const answer = tryToRead(received, { head: waiting.head, closed });
    if (typeof answer === 'string') fail(answer);
    if (answer === undefined || typeof answer === 'string') return;
    received = received.subarray(answer.end);
    const [option] = answer.value.headers.get('connection') ?? [];
    if (option?.toLowerCase() === 'close') socket.destroy();
    clearTimeout(timer);
    waiting.resolve(answer.value);
    waiting = undefined;
  };
  socket.on('error', (error) => (reason = error.message));
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    take(false);
  });
  for (const event of ['end', 'close']) {
    socket.on(event, () => {
      take(true);
      fail(reason);
    });
  }
  return {
    isOpen: () => !socket.destroyed,
    close: () => socket.destroy(),
    exchange: (bytes, head) =>
      new Promise<Answer>((resolve, reject) => {
        waiting = { head, resolve, reject };
        clearTimeout(timer);
        timer = setTimeout(fail, answerTimeout, `no answer within ${answerTimeout} ms`);
        // An answer that nobody asked for would be taken for the next one.
        if (received.length > 0) fail('there were bytes behind the answer before');
        else socket.write(bytes);
      }),
  };
};

/** What has come as an answer; what is wrong with it; or undefined until all of it is there. */
const tryToRead = (received: Buffer, how: Parameters<typeof readAnswer>[1]) => {
  try {
    return readAnswer(received, how);
  } catch (error) {
    if (error instanceof NoHttp) return error.message;
    throw error;
  }
};
