import { connect } from 'node:net';

/** A request got no response; the message gives the reason. */
export class NoAnswer extends Error {
  /** Whether the server closed the connection without a byte, which it may do when idle. */
  readonly isClosing: boolean;

  constructor(reason: string, isClosing = false) {
    super(reason);
    this.isClosing = isClosing;
  }
}

/** A persistent connection; one request at a time. */
export interface Connection {
  /** @throws NoAnswer; the connection is closed then */
  readonly send: (bytes: Buffer, options?: { readonly head?: boolean }) => Promise<WireAnswer>;
  readonly close: () => void;
}

/** How long a response may take, in milliseconds. */
const responseTimeout = 10_000;

/** Connects on the first request, and again when the server has closed the connection. */
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

/** One TCP connection, until it is closed. */
interface Link {
  readonly exchange: (bytes: Buffer, head: boolean) => Promise<WireAnswer>;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

interface PendingRequest {
  readonly head: boolean;
  readonly resolve: (response: WireAnswer) => void;
  readonly reject: (error: NoAnswer) => void;
}

const openLink = (url: string): Link => {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let pending: PendingRequest | undefined;
  let timer: NodeJS.Timeout | undefined;
  let reason = 'the connection was closed';

  const fail = (why: string): void => {
    socket.destroy();
    clearTimeout(timer);
    pending?.reject(new NoAnswer(why, received.length === 0 && why === reason));
    pending = undefined;
  };
  const take = (closed: boolean): void => {
    if (!pending) return;
    const response = tryToRead(received, { head: pending.head, closed });
    if (typeof response === 'string') fail(response);
    if (response === undefined || typeof response === 'string') return;
    received = received.subarray(response.end);
    const [option] = response.value.headers.get('connection') ?? [];
    if (option?.toLowerCase() === 'close') socket.destroy();
    clearTimeout(timer);
    pending.resolve(response.value);
    pending = undefined;
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
      new Promise<WireAnswer>((resolve, reject) => {
        pending = { head, resolve, reject };
        clearTimeout(timer);
        timer = setTimeout(fail, responseTimeout, `no response within ${responseTimeout} ms`);
        // Extra bytes would be read as the next response.
        if (received.length > 0) fail('there were bytes after the previous response');
        else socket.write(bytes);
      }),
  };
};

/** Returns the response, what is wrong with it, or undefined while it is incomplete. */
const tryToRead = (received: Buffer, how: Parameters<typeof readAnswer>[1]) => {
  try {
    return readAnswer(received, how);
  } catch (error) {
    if (error instanceof NoHttp) return error.message;
    throw error;
  }
};

/** An HTTP response. */
export interface WireAnswer {
  readonly status: number;
  /** All values of each header, by its name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** The received bytes are no valid HTTP response. */
export class NoHttp extends Error {}

interface Read<T> {
  readonly value: T;
  /** The offset of its end, in bytes. */
  readonly end: number;
}

/**
 * Reads one response from the beginning of the received bytes; undefined while it is incomplete.
 * Skips informational responses (100 Continue). Strict: what a client could misread is an error.
 *
 * @param head - whether the request was a HEAD, whose response has no body
 * @param closed - whether the server has closed the connection
 * @throws NoHttp
 */
const readAnswer = (
  bytes: Buffer,
  { head, closed }: { readonly head: boolean; readonly closed: boolean },
): Read<WireAnswer> | undefined => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) [^\r\n]*$/.exec(start)?.[1]);
  if (!status) throw new NoHttp(`a response begins with ${JSON.stringify(start.slice(0, 100))}`);
  const rest = bytes.subarray(end + 4);
  if (status < 200 && status !== 101) {
    const next = readAnswer(rest, { head, closed });
    return next && { value: next.value, end: end + 4 + next.end };
  }
  const headers = readHeaders(lines);
  const body = head || status === 204 ? emptyBody : readBody(rest, headers, closed);
  return body && { value: { status, headers, body: body.value }, end: end + 4 + body.end };
};

const emptyBody: Read<string> = { value: '', end: 0 };

const readHeaders = (lines: readonly string[]): Map<string, string[]> => {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === '') throw new NoHttp(`a response has the header line ${JSON.stringify(line)}`);
    const known = headers.get(name.toLowerCase());
    if (known) known.push(value);
    else headers.set(name.toLowerCase(), [value]);
  }
  return headers;
};

const readBody = (
  bytes: Buffer,
  headers: ReadonlyMap<string, readonly string[]>,
  closed: boolean,
): Read<string> | undefined => {
  const [length, ...others] = headers.get('content-length') ?? [];
  if (headers.has('transfer-encoding')) return readChunks(bytes);
  if (others.length > 0) throw new NoHttp('a response has two lengths');
  if (length === undefined) {
    return closed ? { value: bytes.toString('utf8'), end: bytes.length } : undefined;
  }
  if (!/^\d+$/.test(length)) throw new NoHttp(`a response has the length ${length}`);
  const end = Number(length);
  return bytes.length < end ? undefined : { value: bytes.toString('utf8', 0, end), end };
};

const readChunks = (bytes: Buffer): Read<string> | undefined => {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = bytes.toString('latin1', at, line);
    if (!/^[0-9a-fA-F]+$/.test(size)) throw new NoHttp(`a response has the chunk size ${size}`);
    const start = line + 2;
    const end = start + parseInt(size, 16);
    if (bytes.length < end + 2) return undefined;
    if (end === start) return { value: Buffer.concat(parts).toString('utf8'), end: end + 2 };
    parts.push(bytes.subarray(start, end));
    at = end + 2;
  }
};

/** Reads all responses in order; `rest` is the number of other bytes after them. */
export const readAnswers = (bytes: Buffer): { answers: WireAnswer[]; rest: number } => {
  const answers: WireAnswer[] = [];
  let left = bytes;
  while (left.length > 0) {
    const read = readAnswer(left, { head: false, closed: true });
    if (!read) break;
    answers.push(read.value);
    left = left.subarray(read.end);
  }
  return { answers, rest: left.length - lengthOfContinue(left) };
};

/** The length of a 100 Continue without a response: the body may be shorter than announced. */
const lengthOfContinue = (bytes: Buffer): number =>
  /^(HTTP\/1\.1 1(?!01)\d\d [^\r\n]*\r\n\r\n)+/.exec(bytes.toString('latin1'))?.[0].length ?? 0;
