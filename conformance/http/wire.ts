import type { Socket } from 'node:net';
import { decodeBody } from './decoding.ts';
import type { HttpRequest, HttpResponse } from './message.ts';

/** Reused sockets are patched only once. */
const patched = new WeakSet<Socket>();

/**
 * A server may respond and close the connection while the body is still being written. The failed
 * write would destroy the socket, and with it a response that wasn't read yet. So failed writes are
 * ignored: reading finds the response, or the end of the connection.
 */
export const ignoreFailedWrites = (socket: Socket): void => {
  if (patched.has(socket)) return;
  patched.add(socket);
  const write = socket._write.bind(socket);
  socket._write = (chunk, encoding, done) => {
    write(chunk, encoding, () => {
      done();
    });
  };
  const writeMany = socket._writev?.bind(socket);
  if (!writeMany) return;
  socket._writev = (chunks, done) => {
    writeMany(chunks, () => {
      done();
    });
  };
};

/** The headers of a request, with those that every request has. */
export const headersOf = ({ method, headers, body }: HttpRequest): Record<string, string> => {
  // A GET without a body has no length either.
  if (method === 'GET' && !body) return { ...usual, ...headers };
  return { ...usual, ...headers, 'content-length': String(body?.length ?? 0) };
};

/**
 * Some gateways refuse requests without the first two. Without the third, a server may use any
 * encoding (RFC 9110, section 12.5.3), even one that isn't decoded here.
 */
const usual: Readonly<Record<string, string>> = {
  accept: '*/*',
  'user-agent': 'leadgrid-conformance',
  'accept-encoding': 'identity, gzip;q=0.5, deflate;q=0.5, br;q=0.5',
};

// HTTP gives these no body.
const bodiless = [101, 204, 205, 304];

/**
 * A response as plain data.
 *
 * @param fields - names and values in turn, as they came
 */
export const toResponse = (
  status: number,
  fields: readonly string[],
  chunks: readonly Buffer[],
): HttpResponse => {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = (fields[index] ?? '').toLowerCase();
    const value = fields[index + 1] ?? '';
    headers[name] = name in headers ? `${headers[name] ?? ''}, ${value}` : value;
  }
  if (bodiless.includes(status)) return { status, headers, body: '' };
  const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  return { status, headers, ...decodeBody(bytes, headers['content-encoding'] ?? '') };
};

/** What is kept of a body that is too long, in bytes. */
const keptOfOversized = 64 * 1024;

/** A response of which only the beginning is kept, as its body is too long. */
export const toOversized = (
  status: number,
  fields: readonly string[],
  chunks: readonly Buffer[],
): HttpResponse => ({
  ...toResponse(status, fields, []),
  body: Buffer.concat(chunks).toString('utf8', 0, keptOfOversized),
  oversized: true,
});

/** The error for a connection that was closed before a response was complete. */
export const closedError = (message: string): Error =>
  Object.assign(new Error(message), { code: 'ECONNRESET' });

/** Whether an error says that a connection was closed by the other side. */
export const isClosed = (thrown: unknown): boolean =>
  ['ECONNRESET', 'EPIPE'].includes((thrown as NodeJS.ErrnoException).code ?? '');
