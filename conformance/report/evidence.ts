import type { Requirement } from '../../openapi/register.ts';
import { errorCodeOf, type Exchange } from '../http/exchange.ts';
import type { Counterexample } from '../runner/outcome.ts';
import type { Accusation } from './accused.ts';
import { type Keyring, nameCredentials } from './credentials.ts';
import { quote, toCurl } from './curl.ts';
import { shortestSecret } from '../targets/keys.ts';
import { createRedaction } from './redaction.ts';
import type { ReportedBody, ReportedCounterexample, ReportedExchange } from './report.ts';

/** What the report of a counterexample needs. */
export interface ReportContext {
  readonly register: readonly Requirement[];
  readonly keyring: Keyring;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** The command-line options that name the target. */
  readonly options: readonly string[];
}

export const reportCounterexample = (
  { expected, actual, exchanges, falsification, during, judged }: Counterexample,
  id: string,
  { requirements, operation, missing, step, preparation }: Accusation,
  { register, keyring, seed, runs, options }: ReportContext,
): ReportedCounterexample => {
  const shown = exchanges.slice(-mostExchanges).map((one) => withHeaders(one, keyring.headers()));
  const { held, made, variables } = nameCredentials(shown, keyring);
  // So few that every form of them can be looked for.
  const forms = made.filter(({ value }) => value.length >= shortestSecret);
  const redact = createRedaction([...held, ...keyring.environment, ...forms], made);
  const names = variables.map(({ name }) => name);
  const path = falsification?.path ?? null;
  const repeated = [
    // An ambient rule is repeated with the rule that caused the exchange.
    ...['--only', during ?? id, '--seed', String(seed)],
    ...(path ? ['--path', path] : ['--runs', String(runs)]),
  ];
  return {
    requirements: register
      .filter((requirement) => requirements.includes(requirement.id))
      .map(({ id: requirement, statement, source }) => ({ id: requirement, statement, source })),
    expected: redact(expected),
    actual: redact(actual),
    ...{ operation: operation ?? null, missing: missing ?? null, step, preparation },
    ...{ shows: shownAt(exchanges.slice(-mostExchanges), judged) },
    earlier: exchanges.length - shown.length,
    exchanges: shown.map((exchange) => reportExchange(exchange, redact, names)),
    ...{ variables, seed, path, during: during ?? null },
    values: falsification ? redact(falsification.values) : null,
    repeat: ['npx', 'leadgrid-conformance', ...[...repeated, ...options].map(toShellWord)].join(
      ' ',
    ),
  };
};

/** The place of the exchange that was not as expected. */
const shownAt = (shown: readonly Exchange[], judged: Counterexample['judged']): number | null => {
  const index = shown.findIndex((one) => one === judged?.exchange);
  return index < 0 ? null : index;
};

/** The exchange with the headers that go with every request: without them, nobody could repeat it. */
const withHeaders = (exchange: Exchange, headers: Readonly<Record<string, string>>): Exchange => {
  const { request, received = false } = exchange;
  if (received) return exchange;
  return { ...exchange, request: { ...request, headers: { ...headers, ...request.headers } } };
};

/** Limits the size of a report, whatever a rule sent. */
const mostExchanges = 100;

const toShellWord = (text: string): string => (/^[\w./:=@,-]+$/.test(text) ? text : quote(text));

/** Replaces the secrets in a text. */
export type Redact = (text: string) => string;

/**
 * The whole exchange, without secrets and without the ends of long bodies.
 *
 * @param variables - the names of the variables that replace secrets
 */
const reportExchange = (
  exchange: Exchange,
  redact: Redact,
  variables: readonly string[],
): ReportedExchange => {
  const { operation, startedAt, milliseconds, received = false } = exchange;
  const { method, url, body, bytes } = exchange.request;
  const headers = reportHeaders(exchange.request.headers, redact);
  const request = { method, url: redact(url), headers };
  const sent = { ...request, headers: received ? eventHeaders(headers) : headers };
  const { status } = exchange.response;
  return {
    ...{ operation: operation ?? null, received },
    curl: toCurl({ ...sent, body: reportBody(body, redact, Infinity, bytes) }, variables),
    answer: received ? reportDelivery(exchange, headers, redact) : reportAnswer(exchange, redact),
    ...{ startedAt: new Date(startedAt).toISOString(), milliseconds },
    request: { ...request, body: reportBody(body, redact, longestBody, bytes) },
    response: {
      status: received ? 0 : status,
      headers: reportHeaders(exchange.response.headers, redact),
      body: reportBody(new TextEncoder().encode(exchange.response.body), redact, longestBody),
    },
  };
};

type Headers = ReportedExchange['request']['headers'];

/** The headers of a delivery that concern the event, without those of the transport. */
const eventHeaders = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-') || name === 'content-type'),
  );

const reportAnswer = ({ response, json }: Exchange, redact: Redact): string => {
  const shortBody = shorten(redact(response.body), longestAnswer);
  const { location } = response.headers;
  const leads =
    isRedirect(response.status) && location ? `to ${shorten(redact(location), 200)}` : '';
  return [response.status, leads, errorCodeOf(json), shortBody].filter(Boolean).join(' ');
};

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

const reportDelivery = ({ request }: Exchange, headers: Headers, redact: Redact): string => {
  const signature = Object.entries(headers).find(([name]) => name.includes('signature'));
  const shortBody = shorten(redact(new TextDecoder().decode(request.body)), longestAnswer);
  return [signature ? signature.join(': ') : 'no signature', shortBody].join(' ');
};

/** The most characters of a body: in the exchange, and in its short form. */
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
  // The timestamp stays; the part that was computed with the secret doesn't.
  if (name.includes('signature')) return redact(value).replaceAll(/[\w+/-]{16,}=*/g, '***');
  return redact(value);
};

/**
 * A known key becomes its variable. Any other value may be derived from a key, so only its scheme
 * stays: the target refuses `***` as it refused the value.
 */
const credentials = (value: string, redact: Redact): string => {
  // A short key is replaced only as a whole text.
  const [, lead = '', rest = value] = /^([a-z]{1,12} +)(.+)$/i.exec(redact(value)) ?? [];
  const shown = lead + redact(rest);
  if (/^([a-z]{1,12}[ :]*)?\$[A-Z_\d]+$/i.test(shown)) return shown;
  const [scheme] = /^[a-z]{1,12}(?= |$)/i.exec(value) ?? [];
  if (scheme === undefined) return value === '' ? '' : '***';
  return scheme === value.trim() ? value : `${scheme} ***`;
};

/** @param size - the length of the whole body, where only its beginning was kept */
const reportBody = (
  bytes: Uint8Array,
  redact: Redact,
  longest: number,
  size = bytes.length,
): ReportedBody | null => {
  if (bytes.length === 0) return null;
  const text = textOf(bytes);
  const encoding = text === undefined ? 'base64' : 'text';
  const whole = redact(text ?? Buffer.from(bytes).toString('latin1'));
  const cut = whole.length > longest || size > bytes.length;
  // The cut must not leave half a surrogate pair.
  const kept = cut ? whole.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '') : whole;
  const content = text === undefined ? Buffer.from(kept, 'latin1').toString('base64') : kept;
  return { encoding, content, bytes: size, cut };
};

/** Undefined for bytes that aren't UTF-8. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const shorten = (text: string, length: number): string => {
  // A target's body must not control the terminal.
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '\u{FFFD}');
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
