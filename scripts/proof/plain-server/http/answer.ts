import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Reply } from '../core/records.ts';
import type { Call, Change } from '../core/call.ts';
import type { Variations } from '../core/variations.ts';
import type { Installation } from '../core/installation.ts';
import { InternalError, Refusal, formatMessage } from '../core/refusals.ts';
import { keepPast, listedOf, defaultLimit } from '../core/state.ts';
import { checkAll, type RequestContext } from './checks.ts';
import { pathParameters } from './routes.ts';

/** A response before it is written. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
}

/** Checks a request, and executes its operation. */
export const execute = (context: RequestContext): Answer => {
  const { installation, rates, match } = context;
  const changes: Change[] = [];
  try {
    checkAll(context);
    const reply = executeOperation(context, changes);
    const { allowance } = context;
    if (installation.takes('LG-LIM-018', 1)) allowance?.spend(rates.costOf(match.route?.name));
    const status = statusOf(context, reply);
    const body = installation.variations.envelope ? { ...reply.body, error: null } : reply.body;
    return { status, body, headers: {}, changes };
  } catch (thrown) {
    if (thrown instanceof Refusal) return refusalAnswer(context, thrown);
    if (!(thrown instanceof InternalError)) throw thrown;
    const message = formatMessage(installation, 'That was unexpected.', 'Dat was onverwacht.');
    return { ...refusalAnswer(context, new Refusal(500, 'internal', message)), changes };
  }
};

/** The response to a refused request. */
export const refusalAnswer = (
  { installation }: RequestContext,
  { status, code, message, headers }: Refusal,
): Answer => {
  const changes: Change[] = [];
  if (status < 400) return { status, headers, body: {}, changes };
  const extra = installation.takes('LG-GEN-006', 1) ? { details: [] } : {};
  const error = { code, message, ...extra };
  const body = installation.variations.envelope ? { error, data: null } : { error };
  return { status, headers, body, changes };
};

/** Executes the operation, unless a test has requested an internal error. */
const executeOperation = (context: RequestContext, changes: Change[]): Reply => {
  const { installation, match, query, key, sent, read, method } = context;
  if (!match.route || !key) throw new Error('A request without route or key passed the checks.');
  const { organization } = key;
  const { operation } = match.route;
  const call: Call = {
    ...{ installation, organization, key, query, changes },
    listed: listedOf(installation, organization),
    ...{ path: pathParameters(match), body: read?.body ?? {}, form: read?.form, ...sent },
  };
  context.ensureAlone();
  if (method !== 'GET') keepPast(installation, organization);
  const failure = organization.failing.delete('request');
  if (!installation.takes('LG-ERR-022', 1) || method === 'GET') {
    if (failure) throw new InternalError();
    return operation(call);
  }
  const fingerprint = requestFingerprint(context, key.key);
  const lostReply = organization.lost.get(fingerprint);
  if (lostReply && failure) throw new InternalError();
  organization.lost.delete(fingerprint);
  if (lostReply) return lostReply;
  const reply = operation(call);
  if (!failure) return reply;
  // The change was made: the same request, sent again, gets the reply (LG-ERR-022).
  organization.lost.set(fingerprint, reply);
  throw new InternalError();
};

const requestFingerprint = ({ method, match, query, sent }: RequestContext, key: string): string =>
  createHash('sha256')
    .update([method, match.path, query.toString(), key, ''].join('\n'))
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

/** The headers of a response. */
export const headersOf = (context: RequestContext, answer: Answer): Headers => ({
  ...answer.headers,
  ...rateHeaders(context, answer),
  'content-type': mediaType(context.installation, answer.status),
  ...dateHeader(context.installation),
  ...(context.installation.variations.extraHeaders && {
    'x-request-id': context.installation.ids.uuid(),
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

/** What remains of a limit other than the exceeded one (LG-LIM-020). */
const otherRemaining = 5;
/** The limit in responses to requests without access (LG-LIM-024). */
const unauthorizedRequests = 60;

const rateHeaders = (context: RequestContext, { status }: Answer): Headers => {
  const { installation, key, rates } = context;
  const { choice, takes } = installation;
  const unspent = takes('LG-LIM-024', 2)
    ? unauthorizedRequests
    : defaultLimit(installation).requests;
  const hasAccess = key?.organization.plan === 'growth';
  if (!hasAccess && [401, 402].includes(status) && choice('LG-LIM-024') === 0) return {};
  const limit = hasAccess ? key.organization.limit.requests : unspent;
  const left = hasAccess ? Math.max(0, rates.of(key).left()) : unspent;
  const isLimited = status === 429;
  const remaining = isLimited
    ? takes('LG-LIM-020', 1)
      ? Math.min(limit, otherRemaining)
      : 0
    : left;
  const refused = status >= 300 ? choice('LG-LIM-016') : 0;
  return {
    ...(refused !== 1 && { 'x-ratelimit-limit': String(limit) }),
    ...(refused !== 2 && { 'x-ratelimit-remaining': String(remaining) }),
  };
};

/** The date by the server's clock, if that differs from the real time. */
const dateHeader = ({ now, realNow }: Installation): Headers =>
  Math.abs(now() - realNow()) < 1_000 ? {} : { date: new Date(now()).toUTCString() };

/** A response with all its headers. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Writes a response, as the variations require. */
export const writeAnswer = (
  variations: Variations,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: RawAnswer,
): void => {
  if (status === 204) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body, null, variations.pretty ? 2 : 0));
  // Without the header any encoding is accepted (RFC 9110, section 12.5.3).
  const acceptsGzip = /gzip/.test(request.headers['accept-encoding'] ?? 'gzip');
  const isCompressed = Boolean(variations.gzip) && acceptsGzip;
  const bytes = isCompressed ? gzipSync(text) : text;
  const allHeaders: Headers = {
    ...headers,
    ...(isCompressed && { 'content-encoding': 'gzip' }),
    ...(variations.keepAlive === 'off' && { connection: 'close' }),
  };
  if (variations.chunked) {
    response.writeHead(status, allHeaders);
    const third = Math.ceil(bytes.length / 3);
    for (let at = 0; at < bytes.length; at += third) response.write(bytes.subarray(at, at + third));
    response.end();
    return;
  }
  response.writeHead(status, { ...allHeaders, 'content-length': String(bytes.length) }).end(bytes);
};
