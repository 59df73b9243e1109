import type { ResponseBody, SendStage } from '../runtime/http-client.ts';
import { formatAddress } from './endpoint-address.ts';
import type { MaskSecrets, ReceivedResponse } from './transcript.ts';

/** Explains a response in sentences. Its shown parts must have no secrets. */
export const explainResponse = ({
  status,
  headers,
  body_end: end,
}: Pick<ReceivedResponse, 'status' | 'headers' | 'body_end'>): string => {
  if (status >= 200 && status < 300) return `Received: status ${status}.${bodyNotes[end]}`;
  const statusText = `Status ${status}`;
  if (status >= 300 && status < 400) {
    const { location } = headers;
    const target = location === undefined ? '' : ` to ${location}`;
    return `${statusText}, a redirect${target}, which is not followed. Give the endpoint the url that returns 2xx itself.`;
  }
  return `${statusText}; only 2xx counts as received.${hints[status] ?? ''}`;
};

const bodyNotes: Readonly<Record<ResponseBody['end'], string>> = {
  whole: '',
  cut: ' The response body is too large for this log and was not read to its end.',
  unfinished: ' The response body did not end in time and was not read further.',
  broken: ' The connection closed before the end of the response body.',
};

const hints: Readonly<Record<number, string>> = {
  101: ' It switches to another protocol, which was not requested.',
  401: ' If it requires Basic authentication, put user and password into the url: https://user:password@host/.',
  404: ' Check the path of the url.',
  405: ' It must accept POST at the path of the url.',
};

/** Explains a time-out by the stage that the attempt had reached. */
export const explainTimeout = (url: string, stage: SendStage, milliseconds: number): string => {
  const { host, hostname } = new URL(url);
  const waits: Readonly<Record<SendStage, string>> = {
    lookup: `the name ${hostname} was still being looked up. Check the name servers of this machine.`,
    connection: `${host} did not accept a connection. Check the host and port of the url, and firewalls.`,
    handshake: `${host} accepted the connection, but did not finish the TLS handshake. If it serves plain HTTP, write http:// in the url.`,
    sending: `${host} accepted the connection, but did not read the whole event.`,
    answer: `the event was sent, but no response arrived. A receiver should respond first and process the event afterwards.`,
  };
  return `Timed out after ${milliseconds / 1000} s: ${waits[stage]}`;
};

/**
 * Explains why there was no response.
 *
 * @param mask - masks secrets in quoted messages; the server's own words have none
 */
export const explainFailure = (
  url: string,
  stage: SendStage,
  error: unknown,
  mask: MaskSecrets,
): string => {
  const failure = error as Failure;
  const code = failure.code ?? failure.errors?.[0]?.code ?? '';
  const { hostname, host } = new URL(url);
  const context = { host, hostname, isSecure: /^https:/i.test(url), stage, code, failure, mask };
  const explain =
    connectionReasons[code] ??
    certificateReasons[code] ??
    (code.startsWith('HPE_') ? explainInvalidHttp : undefined) ??
    (code === 'EPROTO' || code.startsWith('ERR_SSL') ? explainTls : undefined);
  const words = mask(String(failure.message || code || error).replace(/\.$/, ''));
  return explain?.(context) ?? `The event could not be sent to ${formatAddress(url)}: ${words}.`;
};

interface Failure extends NodeJS.ErrnoException {
  /** The errors of each address of a name. */
  readonly errors?: readonly NodeJS.ErrnoException[];
  /** The first bytes of a response that isn't HTTP. */
  readonly rawPacket?: Buffer;
  readonly cert?: { readonly subjectaltname?: string };
}

interface FailureContext {
  readonly host: string;
  readonly hostname: string;
  readonly isSecure: boolean;
  readonly stage: SendStage;
  readonly code: string;
  readonly failure: Failure;
  readonly mask: MaskSecrets;
}

type Explain = (context: FailureContext) => string;

const explainClosed: Explain = ({ host, isSecure, stage }) => {
  if (stage === 'handshake') {
    return `${host} closed the connection during the TLS handshake. If it serves plain HTTP, write http:// in the url.`;
  }
  const other = isSecure ? '' : ' If it expects TLS, write https:// in the url.';
  return `${host} closed the connection before it responded.${other}`;
};

const unreachable: Explain = ({ hostname, code }) =>
  `This machine cannot reach ${hostname} (${code}). Check the host of the url and the network.`;

const notAllowed: Explain = ({ host, code }) =>
  `This machine does not allow connections to ${host} (${code}). Check its firewall, and the host of the url.`;

const tooManyOpen: Explain = ({ code }) =>
  `This server has too many open files and connections (${code}). Raise its limit (ulimit -n).`;

const connectionReasons: Readonly<Record<string, Explain>> = {
  ENOTFOUND: ({ hostname }) => `The name ${hostname} does not exist. Check the host of the url.`,
  EAI_AGAIN: ({ hostname }) =>
    `The name ${hostname} could not be looked up: no name server responded. Check the network of this machine.`,
  ECONNREFUSED: ({ host }) =>
    `${host} refused the connection. Start the receiver, or check the port of the url.`,
  ECONNRESET: explainClosed,
  ECONNABORTED: explainClosed,
  EPIPE: explainClosed,
  HPE_INVALID_EOF_STATE: explainClosed,
  ETIMEDOUT: ({ host }) =>
    `${host} did not accept a connection within this machine's time-out. Check the host and port of the url.`,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  ENETDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  EINVAL: unreachable,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
  HPE_HEADER_OVERFLOW: () => 'The head of the response is larger than 16 KB.',
};

const trustHint =
  'Start this server with NODE_EXTRA_CA_CERTS=FILE, a file with that certificate or its issuer, or use http://.';

const untrusted: Explain = ({ host, code }) =>
  `The certificate of ${host} is not trusted: no authority that this machine trusts has signed it (${code}). ${trustHint}`;

/** By OpenSSL's error codes for certificates. */
const certificateReasons: Readonly<Record<string, Explain>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_REJECTED: untrusted,
  CERT_HAS_EXPIRED: ({ host }) => `The certificate of ${host} has expired. Renew it.`,
  CERT_NOT_YET_VALID: ({ host }) =>
    `The certificate of ${host} is not valid yet. Check the clock of this machine.`,
  CERT_REVOKED: ({ host }) => `The certificate of ${host} was revoked. Replace it.`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host, hostname, failure, mask }) =>
    `The certificate of ${host} is for another name: it has ${mask(failure.cert?.subjectaltname ?? 'no name')}, and not ${hostname}. Use a name that it has.`,
};

const explainTls: Explain = ({ host, failure, code }) =>
  /wrong version number|packet length too long|record layer failure/i.test(failure.message)
    ? `${host} does not speak TLS. If it serves plain HTTP, write http:// in the url.`
    : `The TLS handshake with ${host} failed (${reasonOfTls(failure.message) ?? code}).`;

/** `…:SSL routines:function:reason:file:line:…` or similar: the part in words. */
const reasonOfTls = (message: string): string | undefined =>
  /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1];

/** The first bytes of a TLS alert, with which a TLS receiver responds to plain HTTP. */
const isTlsAlert = (bytes: Buffer | undefined): boolean => bytes?.[0] === 0x15 && bytes[1] === 3;

const explainInvalidHttp: Explain = ({ host, failure }) =>
  isTlsAlert(failure.rawPacket)
    ? `${host} responded in TLS. Write https:// in the url.`
    : `The response of ${host} is not HTTP (${failure.message.replace(/^Parse Error: /, '')}). Check the port of the url.`;
