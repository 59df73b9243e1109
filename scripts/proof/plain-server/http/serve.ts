import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from '../core/call.ts';
import type { EarlyRefusal } from '../core/freedoms.ts';
import type { Installation } from '../core/installation.ts';
import type { Key, Organization } from '../core/records.ts';
import { duplicate, tooLarge } from '../core/refusals.ts';
import { usualLimit } from '../core/state.ts';
import type { Dispatcher } from '../webhooks/deliveries.ts';
import { execute, headersOf, refused, writeAnswer } from './answer.ts';
import { keyOf, type RequestContext } from './checks.ts';
import type { RateLimits } from './rate-limit.ts';
import { matchRoute, redirection } from './routes.ts';

/** Where the API begins. */
export const apiBase = '/api/v1';

/** Answers one request. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const createServe = (
  installation: Installation,
  courier: Dispatcher,
  rates: RateLimits,
): Serve => {
  const { freedoms } = installation;
  const enter = createContention(installation);
  return async (request, response) => {
    if (refuseEarly(installation, request, response)) return;
    sendContinue(installation, request, response);
    const raw = await readAll(request);
    await delayAnswer(installation);
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(apiBase, '');
    const key = keyOf(installation, request.headers.authorization);
    const ensureAlone = key ? await enter(key.organization, peek(raw)) : () => undefined;
    const contentType = request.headers['content-type'] ?? '';
    const hearing: RequestContext = {
      ...{ installation, rates, method, key, ensureAlone, query: url.searchParams },
      ...{ aim: matchRoute(installation, method, path), accept: request.headers.accept },
      sent: { raw, contentType },
    };
    const elsewhere = redirection(installation, apiBase, path, url.search);
    const verdict = elsewhere ? refused(hearing, elsewhere) : execute(hearing);
    if (key) await reportOccurrences(installation, courier, key, verdict.occurrences);
    const headers = headersOf(hearing, verdict);
    writeAnswer(freedoms, request, response, { ...verdict, headers });
  };
};

const sendContinue = (
  { freedoms }: Installation,
  { method }: IncomingMessage,
  response: ServerResponse,
): void => {
  if (freedoms.continue100 && method === 'POST') response.writeContinue();
  if (freedoms.earlyHints) response.writeEarlyHints({ link: '</style.css>; rel=preload' });
};

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const delayAnswer = async ({ freedoms, random, sleep }: Installation): Promise<void> => {
  if (!freedoms.delay) return;
  const [least, most] = freedoms.delay;
  await sleep(least + random() * (most - least));
};

/** What a body says, as far as it can be seen before anything was checked. */
const peek = (raw: Buffer): Body => {
  try {
    const value: unknown = JSON.parse(raw.toString());
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
};

/** Tells those who listen; the answer waits for that only where it does so (LG-WEB-036). */
const reportOccurrences = async (
  { takes }: Installation,
  courier: Dispatcher,
  { organization }: Key,
  occurrences: Parameters<Dispatcher['tell']>[1],
): Promise<void> => {
  const told = courier.tell(organization, occurrences);
  if (takes('LG-WEB-036', 1)) await told;
};

/** How long a request for an address keeps others from it, in milliseconds. */
const moment = 8;

/** Requests for the same free address that come at the same moment are all refused (LG-CON-081). */
const createContention = (installation: Installation) => {
  const waiting = new Map<string, { crowded: boolean }>();
  /** Gives the check that the request has to pass after that moment. */
  return async (organization: Organization, body: Body): Promise<() => void> => {
    const email = body['email'];
    if (!installation.takes('LG-CON-081', 1) || typeof email !== 'string') return () => undefined;
    const address = `${organization.id} ${email.trim().toLowerCase()}`;
    const other = waiting.get(address);
    const place = other ?? { crowded: false };
    if (other) other.crowded = true;
    waiting.set(address, place);
    await installation.sleep(moment);
    if (waiting.get(address) === place) waiting.delete(address);
    return () => {
      if (place.crowded) throw duplicate(installation);
    };
  };
};

/** How long a connection lingers that its client isn't done with, in milliseconds. */
const patience = 2_000;

/** How long after its answer a connection is closed, in milliseconds, where that isn't at once. */
const shortly = 5;

/** Refuses a body at the sight of its length, where the server does so; tells whether it did. */
const refuseEarly = (
  installation: Installation,
  request: IncomingMessage,
  response: ServerResponse,
): boolean => {
  const { earlyRefusal } = installation.freedoms;
  const length = Number(request.headers['content-length'] ?? 0);
  if (!earlyRefusal || length <= earlyRefusal.above) return false;
  const { status, code, message } = tooLarge(installation, 'LG-CV-020');
  const body = JSON.stringify({ error: { code, message } });
  const limit = String(usualLimit(installation).requests);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...{ connection: 'close', 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': limit },
  });
  response.end(body);
  leave(request, response, earlyRefusal.connection);
  return true;
};

const leave = (
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
      // The client is still writing then, and part of its body was never read.
      request.pause();
      response.on('finish', () => setTimeout(() => socket.destroy(), shortly));
      return;
    case 'lingers':
      request.resume();
      setTimeout(() => socket.destroy(), patience).unref();
      return;
    case 'half-closed':
      request.pause();
      response.on('finish', () => socket.end());
      return;
    case 'left-to-node':
      return;
  }
};
