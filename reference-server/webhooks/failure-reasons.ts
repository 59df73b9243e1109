import type { AnsweredBody, SendStage } from '../runtime/http-client.ts';
import { formatAddress } from './endpoint-address.ts';
import type { Hide, ReceivedAnswer } from './transcript.ts';

/** Says what an answer means, in sentences. No secret is in what is shown of it. */
export const explainAnswer = ({
  status,
  headers,
  body_end: end,
}: Pick<ReceivedAnswer, 'status' | 'headers' | 'body_end'>): string => {
  if (status >= 200 && status < 300) return `Received: answered ${status}.${bodyNotes[end]}`;
  const answered = `Answered ${status}`;
  if (status >= 300 && status < 400) {
    const { location } = headers;
    const aim = location === undefined ? '' : ` to ${location}`;
    return `${answered}, a redirection${aim}, which is not followed. Give the endpoint the address that answers 2xx itself.`;
  }
  return `${answered}; only 2xx counts as received.${hints[status] ?? ''}`;
};

const bodyNotes: Readonly<Record<AnsweredBody['end'], string>> = {
  whole: '',
  cut: ' The body of the answer is too large for this log and was not read to its end.',
  unfinished: ' The body of the answer did not end in time and was not read further.',
  broken: ' The connection broke in the body of the answer.',
};

const hints: Readonly<Record<number, string>> = {
  101: ' It wants another protocol, which was not asked for.',
  401: ' If it asks for Basic authentication, put user and password into the url: https://user:password@host/.',
  404: ' Check the path of the url.',
  405: ' It must take POST at the path of the url.',
};

/** Says for what an attempt has waited in vain. */
export const explainTimeout = (url: string, stage: SendStage, milliseconds: number): string => {
  const { host, hostname } = new URL(url);
  const waits: Readonly<Record<SendStage, string>> = {
    lookup: `the name ${hostname} was still being looked up. Check the name servers of this machine.`,
    connection: `${host} took no connection. Check the host and port of the url, and firewalls on the way.`,
    handshake: `${host} took the connection, but did not finish the TLS handshake. If it serves plain HTTP, write http:// in the url.`,
    sending: `${host} took the connection, but did not read the whole event.`,
    answer: `the event was sent, but no answer came. A receiver should answer first and work afterwards.`,
  };
  return `Timed out after ${milliseconds / 1000} s: ${waits[stage]}`;
};

/**
 * Says why there was no answer.
 *
 * @param hide - for what others say; the server's own words have no secret, whatever letters it has
 */
export const explainFailure = (
  url: string,
  stage: SendStage,
  error: unknown,
  hide: Hide,
): string => {
  const failure = error as Failure;
  const code = failure.code ?? failure.errors?.[0]?.code ?? '';
  const { hostname, host } = new URL(url);
  const place = { host, hostname, isSecure: /^https:/i.test(url), stage, code, failure, hide };
  const explain =
    connectionReasons[code] ??
    certificateReasons[code] ??
    (code.startsWith('HPE_') ? explainGarbage : undefined) ??
    (code === 'EPROTO' || code.startsWith('ERR_SSL') ? explainTls : undefined);
  const words = hide(String(failure.message || code || error).replace(/\.$/, ''));
  return explain?.(place) ?? `The event could not be sent to ${formatAddress(url)}: ${words}.`;
};

interface Failure extends NodeJS.ErrnoException {
  /** Of each address of a name. */
  readonly errors?: readonly NodeJS.ErrnoException[];
  /** The first bytes of an answer that is no HTTP. */
  readonly rawPacket?: Buffer;
  readonly cert?: { readonly subjectaltname?: string };
}

interface Place {
  readonly host: string;
  readonly hostname: string;
  readonly isSecure: boolean;
  readonly stage: SendStage;
  readonly code: string;
  readonly failure: Failure;
  readonly hide: Hide;
}

type Explain = (place: Place) => string;

const explainClosed: Explain = ({ host, isSecure, stage }) => {
  if (stage === 'handshake') {
    return `${host} closed the connection during the TLS handshake. If it serves plain HTTP, write http:// in the url.`;
  }
  const other = isSecure ? '' : ' If it expects TLS, write https:// in the url.';
  return `${host} closed the connection before it had answered.${other}`;
};

const noWay: Explain = ({ hostname, code }) =>
  `There is no way from this machine to ${hostname} (${code}). Check the host of the url and the network.`;

const notAllowed: Explain = ({ host, code }) =>
  `This machine does not allow connections to ${host} (${code}). Check its firewall, and the host of the url.`;

const noneLeft: Explain = ({ code }) =>
  `This server has too many files and connections open to make another (${code}). Raise its limit (ulimit -n).`;

const connectionReasons: Readonly<Record<string, Explain>> = {
  ENOTFOUND: ({ hostname }) => `The name ${hostname} is not known. Check the host of the url.`,
  EAI_AGAIN: ({ hostname }) =>
    `The name ${hostname} could not be looked up: no name server answered. Check the network of this machine.`,
  ECONNREFUSED: ({ host }) =>
    `${host} refused the connection. Start the receiver, or check the port of the url.`,
  ECONNRESET: explainClosed,
  ECONNABORTED: explainClosed,
  EPIPE: explainClosed,
  HPE_INVALID_EOF_STATE: explainClosed,
  ETIMEDOUT: ({ host }) =>
    `${host} took no connection in the time that this machine gives it. Check the host and port of the url.`,
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  EHOSTDOWN: noWay,
  ENETDOWN: noWay,
  EADDRNOTAVAIL: noWay,
  EINVAL: noWay,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EMFILE: noneLeft,
  ENFILE: noneLeft,
  HPE_HEADER_OVERFLOW: () => 'The head of the answer is too large: it may have 16 KB.',
};

const trustIt =
  'Start this server with NODE_EXTRA_CA_CERTS=FILE, a file with that certificate or its authority, or use http://.';

const untrusted: Explain = ({ host, code }) =>
  `The certificate of ${host} is not trusted: nobody whom this machine trusts has signed it (${code}). ${trustIt}`;

/** By the codes that OpenSSL has for what is wrong with a certificate. */
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
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host, hostname, failure, hide }) =>
    `The certificate of ${host} is for another name: it has ${hide(failure.cert?.subjectaltname ?? 'no name')}, and not ${hostname}. Use a name that it has.`,
};

const explainTls: Explain = ({ host, failure, code }) =>
  /wrong version number|packet length too long|record layer failure/i.test(failure.message)
    ? `${host} does not speak TLS. If it serves plain HTTP, write http:// in the url.`
    : `The TLS handshake with ${host} failed (${reasonOfTls(failure.message) ?? code}).`;

/** `…:SSL routines:function:reason:file:line:…` and the like: the part in words. */
const reasonOfTls = (message: string): string | undefined =>
  /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1];

/** The first bytes of a TLS alert, which is how a receiver that expects TLS answers plain HTTP. */
const isTlsAlert = (bytes: Buffer | undefined): boolean => bytes?.[0] === 0x15 && bytes[1] === 3;

const explainGarbage: Explain = ({ host, failure }) =>
  isTlsAlert(failure.rawPacket)
    ? `${host} answered in TLS. Write https:// in the url.`
    : `What ${host} answered is not HTTP (${failure.message.replace(/^Parse Error: /, '')}). Check the port of the url.`;
