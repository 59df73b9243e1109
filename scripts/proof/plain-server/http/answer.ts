import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Reply } from '../core/records.ts';
import type { Call, Occurrence } from '../core/call.ts';
import type { Freedoms } from '../core/freedoms.ts';
import type { Installation } from '../core/installation.ts';
import { Accident, Refusal, say } from '../core/refusals.ts';
import { keepPast, listedOf, usualLimit } from '../core/state.ts';
import { checkAll, type RequestContext } from './checks.ts';
import { pathParameters } from './routes.ts';

/** What is answered, before it is written down. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** What has happened, for those who listen. */
  readonly occurrences: readonly Occurrence[];
}

/** Checks a request, does what it asks, and says what is to be answered. */
export const execute = (hearing: RequestContext): Answer => {
  const { installation, rates, aim } = hearing;
  const occurrences: Occurrence[] = [];
  try {
    checkAll(hearing);
    const reply = act(hearing, occurrences);
    const { allowance } = hearing;
    if (installation.takes('LG-LIM-018', 1)) allowance?.spend(rates.costOf(aim.route?.name));
    const status = statusOf(hearing, reply);
    const body = installation.freedoms.envelope ? { ...reply.body, error: null } : reply.body;
    return { status, body, headers: {}, occurrences };
  } catch (thrown) {
    if (thrown instanceof Refusal) return refused(hearing, thrown);
    if (!(thrown instanceof Accident)) throw thrown;
    const message = say(installation, 'That was unexpected.', 'Dat was onverwacht.');
    return { ...refused(hearing, new Refusal(500, 'internal', message)), occurrences };
  }
};

/** The answer that a refusal is told by. */
export const refused = (
  { installation }: RequestContext,
  { status, code, message, headers }: Refusal,
): Answer => {
  const occurrences: Occurrence[] = [];
  if (status < 400) return { status, headers, body: {}, occurrences };
  const further = installation.takes('LG-GEN-006', 1) ? { details: [] } : {};
  const error = { code, message, ...further };
  const body = installation.freedoms.envelope ? { error, data: null } : { error };
  return { status, headers, body, occurrences };
};

/** Does what is asked, unless a test has asked for an accident. */
const act = (hearing: RequestContext, occurrences: Occurrence[]): Reply => {
  const { installation, aim, query, key, sent, read, method } = hearing;
  if (!aim.route || !key) throw new Error('A request was let through that is for nobody.');
  const { organization } = key;
  const { operation } = aim.route;
  const call: Call = {
    ...{ installation, organization, key, query, occurrences },
    listed: listedOf(installation, organization),
    ...{ path: pathParameters(aim), body: read?.body ?? {}, form: read?.form, ...sent },
  };
  hearing.ensureAlone();
  if (method !== 'GET') keepPast(installation, organization);
  const accident = organization.failing.delete('request');
  if (!installation.takes('LG-ERR-022', 1) || method === 'GET') {
    if (accident) throw new Accident();
    return operation(call);
  }
  const print = requestFingerprint(hearing, key.key);
  const before = organization.lost.get(print);
  if (before && accident) throw new Accident();
  organization.lost.delete(print);
  if (before) return before;
  const reply = operation(call);
  if (!accident) return reply;
  // The change was made, and the repetition will recognise it.
  organization.lost.set(print, reply);
  throw new Accident();
};

const requestFingerprint = ({ method, aim, query, sent }: RequestContext, key: string): string =>
  createHash('sha256')
    .update([method, aim.path, query.toString(), key, ''].join('\n'))
    .update(sent.raw)
    .digest('hex');

const statusOf = ({ installation, method }: RequestContext, { status }: Reply): number => {
  const { choice } = installation;
  const reading = method === 'GET' || method === 'HEAD';
  if (reading) return choice('LG-GEN-052') === 1 ? 203 : status;
  if (status === 201) return [201, 200, 202][choice('LG-GEN-050')] ?? status;
  return [200, 201, 202][choice('LG-GEN-051')] ?? status;
};

type Headers = Record<string, string | string[]>;

/** What stands above the body of an answer. */
export const headersOf = (hearing: RequestContext, verdict: Answer): Headers => ({
  ...verdict.headers,
  ...rateHeaders(hearing, verdict),
  'content-type': mediaType(hearing.installation, verdict.status),
  ...dateHeader(hearing.installation),
  ...(hearing.installation.freedoms.extraHeaders && {
    'x-request-id': hearing.installation.ids.uuid(),
    'set-cookie': ['visit=1', 'theme=dark'],
    'cache-control': 'no-store',
    'www-authenticate': 'Bearer',
  }),
});

const mediaType = ({ choice }: Installation, status: number): string => {
  if (choice('LG-GEN-004') === 1) return 'application/json; charset=utf-8';
  const problem = choice('LG-GEN-004') === 2 && status >= 400;
  return problem ? 'application/problem+json' : 'application/json';
};

/** How much remains under another limit than the one that was hit (LG-LIM-020). */
const elsewhere = 5;
/** The figures of a limit for those without access (LG-LIM-024). */
const strangersLimit = 60;

const rateHeaders = (hearing: RequestContext, { status }: Answer): Headers => {
  const { installation, key, rates } = hearing;
  const { choice, takes } = installation;
  const unspent = takes('LG-LIM-024', 2) ? strangersLimit : usualLimit(installation).requests;
  const access = key?.organization.plan === 'growth';
  if (!access && [401, 402].includes(status) && choice('LG-LIM-024') === 0) return {};
  const limit = access ? key.organization.limit.requests : unspent;
  const left = access ? Math.max(0, rates.of(key).left()) : unspent;
  const hit = status === 429;
  const remaining = hit ? (takes('LG-LIM-020', 1) ? Math.min(limit, elsewhere) : 0) : left;
  const refused = status >= 300 ? choice('LG-LIM-016') : 0;
  return {
    ...(refused !== 1 && { 'x-ratelimit-limit': String(limit) }),
    ...(refused !== 2 && { 'x-ratelimit-remaining': String(remaining) }),
  };
};

/** The date by the server's own clock, where that isn't the clock of everybody. */
const dateHeader = ({ now, realNow }: Installation): Headers =>
  Math.abs(now() - realNow()) < 1_000 ? {} : { date: new Date(now()).toUTCString() };

/** An answer that is ready to be written. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Writes an answer, in the form that the server gives it. */
export const writeAnswer = (
  freedoms: Freedoms,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: RawAnswer,
): void => {
  if (status === 204) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body, null, freedoms.pretty ? 2 : 0));
  // Who names no encoding takes any (RFC 9110, section 12.5.3).
  const accepts = /gzip/.test(request.headers['accept-encoding'] ?? 'gzip');
  const zipped = Boolean(freedoms.gzip) && accepts;
  const bytes = zipped ? gzipSync(text) : text;
  const all: Headers = {
    ...headers,
    ...(zipped && { 'content-encoding': 'gzip' }),
    ...(freedoms.keepAlive === 'off' && { connection: 'close' }),
  };
  if (freedoms.chunked) {
    response.writeHead(status, all);
    const third = Math.ceil(bytes.length / 3);
    for (let at = 0; at < bytes.length; at += third) response.write(bytes.subarray(at, at + third));
    response.end();
    return;
  }
  response.writeHead(status, { ...all, 'content-length': String(bytes.length) }).end(bytes);
};
