import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { bearerToken } from '../http/access.ts';
import { Refusal } from '../http/refusals.ts';
import { isLoopback } from '../runtime/listen.ts';

/** Settings for who may call the control API. */
export interface GuardConfig {
  /** The host that the server listens on. */
  readonly host: string;
  /** The bearer token that callers must send. With it they may be on any machine. */
  readonly controlToken?: string;
}

/**
 * Lets only tests in. Browsers are always refused. Without a token, other machines and proxies are
 * refused too.
 *
 * If a token is set, every caller must send it; then Host and proxies don't matter. Without a
 * token, a foreign name in Host indicates DNS rebinding by a web page.
 *
 * @throws (the guard) Refusal unauthorized
 */
export const createGuard =
  ({ host, controlToken }: GuardConfig) =>
  (request: IncomingMessage): void => {
    const { headers, socket } = request;
    if (isFromPage(headers)) throw refused('The control API is not for browsers.');
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

/**
 * Some requests of pages have no Origin, such as those for images. Sec-Fetch-Site is `none` if no
 * page is involved.
 */
const isFromPage = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
  origin !== undefined || (site !== undefined && site !== 'none');

/**
 * Headers in which proxies, tunnels and load balancers name the client or the original host:
 * standard ones, common ones, and patterns of those of single products.
 */
const proxyHeaders = new RegExp(
  [
    '^(x-)?(original-)?forwarded(-|$)',
    '(^|-)via$',
    '^(client-?ip|cdn-loop|proxy-connection|x-host|x-rewrite-url)$',
    '^(cf|x-original)-',
    '-((client|socket)?ip(v\\d)?|remote-addr|external-address)$',
  ].join('|'),
);

/** Nginx uses HTTP/1.0 to its upstream, and adds no header unless configured to. */
const proxyVersions: readonly string[] = ['0.9', '1.0'];

/** Requests through a proxy on this machine seem to come from this machine. */
const requireNoProxy = ({ headers, httpVersion }: IncomingMessage): void => {
  const hint =
    'Set LEADGRID_CONTROL_TOKEN where the server is started, and send it as bearer token.';
  const name = Object.keys(headers).find((header) =>
    proxyHeaders.test(header.replaceAll('_', '-')),
  );
  if (name !== undefined) {
    throw refused(`This request came through a proxy: it has the header ${name}. ${hint}`);
  }
  if (proxyVersions.includes(httpVersion)) {
    throw refused(`HTTP/${httpVersion} is used by proxies. Use HTTP/1.1 without a proxy. ${hint}`);
  }
};

/** The host names in a request: in Host, and in the target if that is a whole URL. */
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
