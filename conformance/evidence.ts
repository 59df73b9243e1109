import { toCurl } from './curl.ts';
import type { ReportedBody, ReportedExchange } from './report.ts';
import type { Exchange } from './world/exchange.ts';
import { errorCodeOf } from './world/expectations.ts';

/** Tells a text without its secrets. */
export type Redact = (text: string) => string;

/**
 * Tells an exchange whole, but for its secrets and the ends of long bodies.
 *
 * @param variables - the names by which secrets are told
 */
export const reportExchange = (
  exchange: Exchange,
  redact: Redact,
  variables: readonly string[],
): ReportedExchange => {
  const { operation, startedAt, milliseconds, received = false } = exchange;
  const { method, url, body } = exchange.request;
  const headers = reportHeaders(exchange.request.headers, redact);
  const request = { method, url: redact(url), headers };
  const sent = { ...request, headers: received ? telling(headers) : headers };
  const { status } = exchange.response;
  return {
    ...{ operation: operation ?? null, received },
    curl: toCurl({ ...sent, body: reportBody(body, redact, Infinity) }, variables),
    answer: received ? tellDelivery(exchange, headers, redact) : tellAnswer(exchange, redact),
    ...{ startedAt: new Date(startedAt).toISOString(), milliseconds },
    request: { ...request, body: reportBody(body, redact, longestBody) },
    response: {
      status: received ? 0 : status,
      headers: reportHeaders(exchange.response.headers, redact),
      body: reportBody(new TextEncoder().encode(exchange.response.body), redact, longestBody),
    },
  };
};

type Headers = ReportedExchange['request']['headers'];

/** Of the headers of a delivery, those that say something. */
const telling = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-') || name === 'content-type'),
  );

const tellAnswer = ({ response, json }: Exchange, redact: Redact): string => {
  const said = shorten(redact(response.body), longestAnswer);
  return [response.status, errorCodeOf(json), said].filter(Boolean).join(' ');
};

const tellDelivery = ({ request }: Exchange, headers: Headers, redact: Redact): string => {
  const signature = Object.entries(headers).find(([name]) => name.includes('signature'));
  const said = shorten(redact(new TextDecoder().decode(request.body)), longestAnswer);
  return [signature ? signature.join(': ') : 'no signature', said].join(' ');
};

/** Characters of a body that a report tells. */
const longestBody = 16_384;
const longestAnswer = 300;

const reportHeaders = (headers: Readonly<Record<string, string>>, redact: Redact) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      redact(name),
      reportHeader(name.toLowerCase(), value, redact),
    ]),
  );

const reportHeader = (name: string, value: string, redact: Redact): string => {
  if (name === 'authorization' || name === 'proxy-authorization') return credentials(value, redact);
  if (name === 'set-cookie') return '***';
  // Its moment says something; what was made with a secret doesn't.
  if (name.includes('signature')) return redact(value).replaceAll(/[\w+/-]{16,}=*/g, '***');
  return redact(value);
};

/**
 * A known key as its variable. Anything else may be made of one, so only its scheme is told: `***`
 * is refused like whatever stood there.
 */
const credentials = (value: string, redact: Redact): string => {
  const told = redact(value);
  if (/^([a-z]{1,12}[ :]*)?\$[A-Z_\d]+$/i.test(told)) return told;
  const [scheme] = /^[a-z]{1,12}(?= |$)/i.exec(value) ?? [];
  if (scheme === undefined) return value === '' ? '' : '***';
  return scheme === value.trim() ? value : `${scheme} ***`;
};

const reportBody = (bytes: Uint8Array, redact: Redact, longest: number): ReportedBody | null => {
  if (bytes.length === 0) return null;
  const text = textOf(bytes);
  const encoding = text === undefined ? 'base64' : 'text';
  const whole = redact(text ?? Buffer.from(bytes).toString('latin1'));
  const cut = whole.length > longest;
  // Half a character is none.
  const kept = cut ? whole.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '') : whole;
  const content = text === undefined ? Buffer.from(kept, 'latin1').toString('base64') : kept;
  return { encoding, content, bytes: bytes.length, cut };
};

/** Undefined for bytes that are no UTF-8. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const shorten = (text: string, length: number): string => {
  // A target's body must not speak to the terminal.
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '\u{FFFD}');
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
