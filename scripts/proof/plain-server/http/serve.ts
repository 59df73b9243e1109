import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from '../core/call.ts';
import type { EarlyRefusal } from '../core/variations.ts';
import type { Installation } from '../core/installation.ts';
import type { Key, Organization } from '../core/records.ts';
import { duplicate, tooLarge } from '../core/refusals.ts';
import { defaultLimit } from '../core/state.ts';
import type { Dispatcher } from '../webhooks/deliveries.ts';
import { execute, headersOf, refusalAnswer, writeAnswer } from './answer.ts';
import { keyOf, type RequestContext } from './checks.ts';
import type { RateLimits } from './rate-limit.ts';
import { matchRoute, redirection } from './routes.ts';

/** The path of the API. */
export const apiBase = '/api/v1';

/** Handles one request. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const createServe = (
  installation: Installation,
  dispatcher: Dispatcher,
  rates: RateLimits,
): Serve => {
  const { variations } = installation;
  const awaitRivals = createContention(installation);
  return async (request, response) => {
    if (refuseEarly(installation, request, response)) return;
    sendContinue(installation, request, response);
    const raw = await readAll(request);
    await delayAnswer(installation);
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(apiBase, '');
    const key = keyOf(installation, request.headers.authorization);
    const ensureAlone = key
      ? await awaitRivals(key.organization, parseUnchecked(raw))
      : () => undefined;
    const contentType = request.headers['content-type'] ?? '';
    const context: RequestContext = {
      ...{ installation, rates, method, key, ensureAlone, query: url.searchParams },
      ...{ match: matchRoute(installation, method, path), accept: request.headers.accept },
      sent: { raw, contentType },
    };
    const redirect = redirection(installation, apiBase, path, url.search);
    const answer = redirect ? refusalAnswer(context, redirect) : execute(context);
    if (key) await deliverEvents(installation, dispatcher, key, answer.changes);
    const headers = headersOf(context, answer);
    writeAnswer(variations, request, response, { ...answer, headers });
  };
};

const sendContinue = (
  { variations }: Installation,
  { method }: IncomingMessage,
  response: ServerResponse,
): void => {
  if (variations.continue100 && method === 'POST') response.writeContinue();
  if (variations.earlyHints) response.writeEarlyHints({ link: '</style.css>; rel=preload' });
};

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const delayAnswer = async ({ variations, random, sleep }: Installation): Promise<void> => {
  if (!variations.delay) return;
  const [min, max] = variations.delay;
  await sleep(min + random() * (max - min));
};

/** A JSON body, parsed before any check; empty if it is invalid. */
const parseUnchecked = (raw: Buffer): Body => {
  try {
    const value: unknown = JSON.parse(raw.toString());
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
};

/** Sends the events; waits for them only with LG-WEB-036. */
const deliverEvents = async (
  { takes }: Installation,
  dispatcher: Dispatcher,
  { organization }: Key,
  changes: Parameters<Dispatcher['deliver']>[1],
): Promise<void> => {
  const delivered = dispatcher.deliver(organization, changes);
  if (takes('LG-WEB-036', 1)) await delivered;
};

/** For how many milliseconds requests with the same e-mail address conflict. */
const conflictTime = 8;

/** Simultaneous requests for the same free e-mail address are all refused (LG-CON-081). */
const createContention = (installation: Installation) => {
  const waiting = new Map<string, { crowded: boolean }>();
  /** Waits, and returns the check that the request has to pass. */
  return async (organization: Organization, body: Body): Promise<() => void> => {
    const email = body['email'];
    if (!installation.takes('LG-CON-081', 1) || typeof email !== 'string') return () => undefined;
    const address = `${organization.id} ${email.trim().toLowerCase()}`;
    const other = waiting.get(address);
    const entry = other ?? { crowded: false };
    if (other) other.crowded = true;
    waiting.set(address, entry);
    await installation.sleep(conflictTime);
    if (waiting.get(address) === entry) waiting.delete(address);
    return () => {
      if (entry.crowded) throw duplicate(installation);
    };
  };
};

/** How long a connection stays open while its client still sends, in milliseconds. */
const lingerTime = 2_000;

/** How long a connection stays open after its response, in milliseconds, if not closed at once. */
const closeDelay = 5;

/** Refuses a body by its Content-Length, if the variations require it; returns whether it did. */
const refuseEarly = (
  installation: Installation,
  request: IncomingMessage,
  response: ServerResponse,
): boolean => {
  const { earlyRefusal } = installation.variations;
  const length = Number(request.headers['content-length'] ?? 0);
  if (!earlyRefusal || length <= earlyRefusal.above) return false;
  const { status, code, message } = tooLarge(installation, 'LG-CV-020');
  const body = JSON.stringify({ error: { code, message } });
  const limit = String(defaultLimit(installation).requests);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...{ connection: 'close', 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': limit },
  });
  response.end(body);
  closeConnection(request, response, earlyRefusal.connection);
  return true;
};

const closeConnection = (
  request: IncomingMessage,
  response: ServerResponse,
  how: EarlyRefusal['connection'],
): void => {
  const { socket } = request;
  switch (how) {
    case 'destroyed':
      response.on('finish', () => socket.destroy());
      return;
    case 'destroyed-late':
      // The client is still sending then, and part of its body is never read.
      request.pause();
      response.on('finish', () => setTimeout(() => socket.destroy(), closeDelay));
      return;
    case 'lingers':
      request.resume();
      setTimeout(() => socket.destroy(), lingerTime).unref();
      return;
    case 'half-closed':
      request.pause();
      response.on('finish', () => socket.end());
      return;
    case 'left-to-node':
      return;
  }
};
