import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { bearerToken } from '../http/authenticate.ts';
import { Refusal } from '../http/refusal.ts';

/**
 * Keeps everybody out but tests: browsers always, other machines unless there is a token.
 *
 * A token, where one is set, has to be sent from everywhere. With it the name in Host doesn't
 * matter; without it a foreign name means that somebody's page was led here.
 *
 * @throws (the guard) Refusal unauthorized
 */
export const createGuard =
  ({ host, controlToken }: Pick<Config, 'host' | 'controlToken'>) =>
  ({ headers, socket }: IncomingMessage): void => {
    if (headers.origin !== undefined) throw refused('The control API is not for browsers.');
    if (controlToken !== undefined) {
      const token = bearerToken(headers.authorization);
      if (token !== undefined && isSame(token, controlToken)) return;
      throw refused('Send the control token in the Authorization header, as "Bearer …".');
    }
    if (!isLoopback(socket.remoteAddress ?? '')) {
      throw refused('The control API is for this machine only, unless a control token is set.');
    }
    const name = hostName(headers.host);
    if (name !== host && name !== 'localhost' && !isLoopback(name)) {
      throw refused('The Host header must name this machine.');
    }
  };

const refused = (message: string): Refusal => new Refusal('unauthorized', message);

const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isLoopback = (address: string): boolean =>
  /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) || address === '::1';

/** The name in a Host header, without port and brackets, in lower case. */
const hostName = (host = ''): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
