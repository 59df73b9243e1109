import type { OperationId } from '../../openapi/contract.ts';
import type { Requirement } from '../../openapi/register.ts';
import { errorCodeOf, type Exchange } from '../http/exchange.ts';
import type { Counterexample, Outcome } from '../runner/outcome.ts';
import { type Keyring, nameCredentials } from './credentials.ts';
import { quote, toCurl } from './curl.ts';
import { createRedaction } from './redaction.ts';
import type { ReportedBody, ReportedCounterexample, ReportedExchange } from './report.ts';

/** What the telling of a counterexample rests on. */
export interface ReportContext {
  readonly register: readonly Requirement[];
  readonly keyring: Keyring;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** The words of a command line that name the target again. */
  readonly options: readonly string[];
}

export const reportCounterexample = (
  { expected, actual, exchanges, falsification, during }: Counterexample,
  { id, verifies }: Outcome,
  { register, keyring, seed, runs, options }: ReportContext,
): ReportedCounterexample => {
  const shown = exchanges.slice(-mostExchanges);
  const { held, made, variables } = nameCredentials(shown, keyring);
  const redact = createRedaction([...held, ...keyring.environment], made);
  const names = variables.map(({ name }) => name);
  const path = falsification?.path ?? null;
  const repeated = [
    // A rule that looks at every exchange meets this one again where another makes it.
    ...['--only', during ?? id, '--seed', String(seed)],
    ...(path ? ['--path', path] : ['--runs', String(runs)]),
  ];
  return {
    requirements: accused(
      register.filter((requirement) => verifies.includes(requirement.id)),
      exchanges.at(-1)?.operation,
    ).map(({ id: requirement, statement, source }) => ({ id: requirement, statement, source })),
    expected: redact(expected),
    actual: redact(actual),
    earlier: exchanges.length - shown.length,
    exchanges: shown.map((exchange) => reportExchange(exchange, redact, names)),
    ...{ variables, seed, path, during: during ?? null },
    values: falsification ? redact(falsification.values) : null,
    repeat: ['npx', 'leadgrid-conformance', ...[...repeated, ...options].map(toShellWord)].join(
      ' ',
    ),
  };
};

/** A report must stay readable for programs too, however much a rule sent. */
const mostExchanges = 100;

const toShellWord = (text: string): string => (/^[\w./:=@,-]+$/.test(text) ? text : quote(text));

/** Of the requirements of a rule, those about the operation at which it failed. */
const accused = (
  requirements: readonly Requirement[],
  operation: OperationId | undefined,
): readonly Requirement[] => {
  const about = requirements.filter(
    ({ concerns }) => concerns.includes('all') || (operation && concerns.includes(operation)),
  );
  return about.length > 0 ? about : requirements;
};

/** Tells a text without its secrets. */
export type Redact = (text: string) => string;

/**
 * Tells an exchange whole, but for its secrets and the ends of long bodies.
 *
 * @param variables - the names by which secrets are told
 */
const reportExchange = (
  exchange: Exchange,
  redact: Redact,
  variables: readonly string[],
): ReportedExchange => {
  const { operation, startedAt, milliseconds, received = false } = exchange;
  const { method, url, body } = exchange.request;
  const headers = reportHeaders(exchange.request.headers, redact);
  const request = { method, url: redact(url), headers };
  const sent = { ...request, headers: received ? toReported(headers) : headers };
  const { status } = exchange.response;
  return {
    ...{ operation: operation ?? null, received },
    curl: toCurl({ ...sent, body: reportBody(body, redact, Infinity) }, variables),
    answer: received ? reportDelivery(exchange, headers, redact) : reportAnswer(exchange, redact),
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
const toReported = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-') || name === 'content-type'),
  );

const reportAnswer = ({ response, json }: Exchange, redact: Redact): string => {
  const shortBody = shorten(redact(response.body), longestAnswer);
  return [response.status, errorCodeOf(json), shortBody].filter(Boolean).join(' ');
};

const reportDelivery = ({ request }: Exchange, headers: Headers, redact: Redact): string => {
  const signature = Object.entries(headers).find(([name]) => name.includes('signature'));
  const shortBody = shorten(redact(new TextDecoder().decode(request.body)), longestAnswer);
  return [signature ? signature.join(': ') : 'no signature', shortBody].join(' ');
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
  const shown = redact(value);
  if (/^([a-z]{1,12}[ :]*)?\$[A-Z_\d]+$/i.test(shown)) return shown;
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
