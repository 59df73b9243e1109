import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { bearerToken } from '../http/access.ts';
import { Refusal } from '../http/refusals.ts';
import { isLoopback } from '../runtime/listen.ts';

/** Who may call the control API. */
export interface GuardConfig {
  /** Where the server listens. */
  readonly host: string;
  /** What callers must send as bearer token; then they may be anywhere. */
  readonly controlToken?: string;
}

/**
 * Keeps everybody out but tests: browsers always, and without a token other machines and whoever
 * may speak for one.
 *
 * A token, where one is set, has to be sent from everywhere. With it the name in Host and proxies
 * don't matter; without it a foreign name means that somebody's page was led here.
 *
 * @throws (the guard) Refusal unauthorized
 */
export const createGuard =
  ({ host, controlToken }: GuardConfig) =>
  (request: IncomingMessage): void => {
    const { headers, socket } = request;
    if (isOfAPage(headers)) throw refused('The control API is not for browsers.');
    if (controlToken !== undefined) {
      const token = bearerToken(headers.authorization);
      if (token !== undefined && isSame(token, controlToken)) return;
      throw refused('Send the control token in the Authorization header, as "Bearer …".');
    }
    if (!isLoopback(socket.remoteAddress ?? '')) {
      throw refused('The control API is for this machine only, unless a control token is set.');
    }
    requireNoProxy(request);
    for (const name of hostsOf(request)) {
      if (name === host.toLowerCase() || isLoopback(name)) continue;
      throw refused('The Host header must name this machine.');
    }
  };

const refused = (message: string): Refusal => new Refusal('unauthorized', message);

const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Some requests of pages have no Origin, such as those for images: browsers say `none` of none. */
const isOfAPage = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
  origin !== undefined || (site !== undefined && site !== 'none');

/**
 * What proxies, tunnels and load balancers say of whom they speak for, and by which name they were
 * asked: the standards, the common names, and those of single products by what they have in common.
 */
const forwarding = new RegExp(
  [
    '^(x-)?(original-)?forwarded(-|$)',
    '(^|-)via$',
    '^(client-?ip|cdn-loop|proxy-connection|x-host|x-rewrite-url)$',
    '^(cf|x-original)-',
    '-((client|socket)?ip(v\\d)?|remote-addr|external-address)$',
  ].join('|'),
);

/** Nginx speaks it to what is behind it, and adds no header unless it is told to. */
const proxyVersions: readonly string[] = ['0.9', '1.0'];

/** From a proxy on this machine everything seems to come from this machine. */
const requireNoProxy = ({ headers, httpVersion }: IncomingMessage): void => {
  const ask =
    'Set LEADGRID_CONTROL_TOKEN where the server is started, and send it as bearer token.';
  const name = Object.keys(headers).find((header) => forwarding.test(header.replaceAll('_', '-')));
  if (name !== undefined) {
    throw refused(`This request came through a proxy, as its header ${name} says. ${ask}`);
  }
  if (proxyVersions.includes(httpVersion)) {
    throw refused(
      `HTTP/${httpVersion} is what proxies speak. Use HTTP/1.1 without a proxy. ${ask}`,
    );
  }
};

/** The names by which the server was asked: in Host, and in a target that is a whole URL. */
const hostsOf = ({ headers, url = '' }: IncomingMessage): string[] => [
  hostName(headers.host),
  ...(/^https?:/i.test(url) ? [URL.canParse(url) ? hostName(new URL(url).host) : ''] : []),
];

/** The name in a Host header, without port and brackets, in lower case. */
const hostName = (host = ''): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
