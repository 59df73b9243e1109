import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, misuse } from '../breakdown.ts';
import type { RawDelivery, Receiver } from './delivery.ts';

/** More than any event can hold: a dossier or note has no more than a JSON body has. */
const largestBody = 16 * 1024 * 1024;

/** The receivers of an address, and whether they still answer there. */
export interface Reach {
  readonly receivers: readonly Receiver[];
  readonly isOpen: boolean;
}

/** Who takes what arrives. */
export interface FrontDesk {
  readonly receiversAt: (path: string) => Reach;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An HTTP server that hands each request to its receivers, and answers as the first of them says. */
export const serve = (desk: FrontDesk): Server =>
  createServer((request, response) => {
    // A sender that breaks off has nobody to be answered.
    take(request, response, desk).catch(() => response.destroy());
  });

const take = async (
  request: IncomingMessage,
  response: ServerResponse,
  { receiversAt, now }: FrontDesk,
): Promise<void> => {
  const path = (request.url ?? '/').replace(/[?#].*$/, '');
  const body = await readBody(request);
  const { receivers, isOpen } = receiversAt(path);
  const delivery: RawDelivery = {
    method: request.method ?? '',
    url: `http://${request.headers.host ?? 'sink'}${request.url ?? '/'}`,
    headers: flat(request.headers),
    body: body ?? new Uint8Array(),
    ...(body === undefined && { tooLarge: true }),
    arrivedAt: now(),
  };
  for (const { receive } of receivers) receive(delivery);
  if (!isOpen || body === undefined) {
    response.writeHead(body ? 404 : 413, { connection: 'close' }).end();
    return;
  }
  const { status, headers = {} } = (await receivers[0]?.answer?.(delivery)) ?? { status: 200 };
  response.writeHead(status, headers).end();
};

/** Undefined when it is too large to be kept; it is read to its end all the same. */
const readBody = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > largestBody ? undefined : Buffer.concat(chunks);
};

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
  );

/** @throws Breakdown when that address can't be had */
export const listenOn = async (
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> => {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (thrown) {
    throw misuse(
      `The receiver of events can't listen at ${host}:${String(port)}: ${messageOf(thrown)}. ` +
        'Name another address, or port 0 for any that is free.',
    );
  }
};

/** How it is reached on this machine. */
export const addressOf = (server: Server): string => {
  const { address, port, family } = server.address() as AddressInfo;
  const anywhere = address === '0.0.0.0' || address === '::';
  const host = anywhere ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${String(port)}`;
};
