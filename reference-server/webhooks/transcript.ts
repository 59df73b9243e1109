import type { HttpResponse, OutgoingRequest, ResponseBody } from '../runtime/http-client.ts';
import type { DeliveryAttempt, WebhookEndpoint } from '../state/records.ts';
import { basic, credentialsOf, formatAddress, maskedText } from './endpoint-address.ts';

/** A sent request in the log. */
export type SentRequest = NonNullable<DeliveryAttempt['request']>;
/** A received response in the log. */
export type ReceivedResponse = NonNullable<DeliveryAttempt['answer']>;

/** Masks the secrets in a text. */
export type MaskSecrets = (text: string) => string;

/** Masks the secrets of an endpoint, which its receiver may send back. */
export const createSecretMask = ({ url, secret }: WebhookEndpoint): MaskSecrets => {
  const credentials = credentialsOf(url);
  const { password } = new URL(url);
  const secrets = [secret];
  if (credentials) {
    const { user } = credentials;
    secrets.push(basic(credentials), credentials.password, password);
    if (password === '') secrets.push(user, new URL(url).username);
  }
  // The longest first: one may contain another.
  const known = secrets.filter(Boolean).sort((one, other) => other.length - one.length);
  return (text) => known.reduce((left, one) => left.replaceAll(one, maskedText), text);
};

export const formatRequest = ({ method, url, headers, body }: OutgoingRequest): SentRequest => {
  const bytes = Buffer.from(body);
  return {
    method,
    url: formatAddress(url),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        name === 'Authorization' ? `Basic ${maskedText}` : value,
      ]),
    ),
    body: readText(bytes.subarray(0, logLimits.text)),
    body_bytes: bytes.length,
  };
};

/** The limits of the delivery log. */
export const logLimits = {
  /** Entries of one organisation; the oldest are dropped. */
  entries: 1_000,
  /** Bytes of a body, and characters of the headers of a response. */
  text: 2_000,
  /** How long to wait for the body of a response after its head, in milliseconds. */
  bodyTimeout: 1_000,
} as const;

/** More bytes of a body than the log shows, so that no secret is truncated before it is masked. */
export const bytesToRead = 2 * logLimits.text;

export const formatResponse = (
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  { bytes, end }: ResponseBody,
  mask: MaskSecrets,
): ReceivedResponse => {
  const shown = Buffer.from(mask(readText(bytes)));
  const isCut = end === 'cut' || shown.length > logLimits.text;
  return {
    status,
    headers: formatHeaders(headers, mask),
    body: readText(shown.subarray(0, logLimits.text)),
    body_end: isCut ? 'cut' : end,
  };
};

const formatHeaders = (
  headers: HttpResponse['headers'],
  mask: MaskSecrets,
): ReceivedResponse['headers'] => {
  const shown: [string, string][] = [];
  let left: number = logLimits.text;
  const all = Object.entries(headers);
  for (const [name, value] of all) {
    const text = name === 'set-cookie' ? maskedText : mask([value].flat().join(', '));
    left -= name.length + text.length;
    if (left < 0) {
      shown.push(['…', `${all.length - shown.length} more, which are too long for this log`]);
      break;
    }
    shown.push([name, text]);
  }
  return Object.fromEntries(shown);
};

/**
 * Decodes UTF-8 without an incomplete character at the end. The string doesn't keep a larger one
 * alive.
 */
const readText = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
