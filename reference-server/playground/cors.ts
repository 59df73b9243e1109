import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contract } from '../../openapi/contract.ts';
import type { Answer } from '../http/response.ts';
import { appliedHeader } from './prefer.ts';

/**
 * Lets pages of any origin use the API: a request with an Origin gets the headers that browsers ask
 * for, on refusals too.
 *
 * Pages that send credentials may as well: many clients always do, and browsers would keep every
 * answer from them that names no origin. It gives nothing away. Keys travel in a header that a page
 * sets itself; no cookie and no password that a browser adds by itself opens anything here. For the
 * same reason pages of the public network may call a server on a private one.
 *
 * @returns the answer to a preflight; undefined for whatever is to be answered as usual
 */
export const createCors = ({ operations }: Contract) => {
  const all = Object.values(operations);
  const methods = unique(all.map(({ method }) => method));
  const responses = all.flatMap((operation) => Object.values(operation.responses));
  const named = responses.flatMap(({ headers }) => Object.keys(headers));
  const exposed = unique([...named, appliedHeader]);
  return ({ method, headers }: IncomingMessage, response: ServerResponse): Answer | undefined => {
    if (headers.origin === undefined) return undefined;
    response.setHeader('Access-Control-Allow-Origin', headers.origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Vary', 'Origin');
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) {
      response.setHeader('Access-Control-Expose-Headers', exposed);
      return undefined;
    }
    const allowed = headers['access-control-request-headers'] ?? '';
    const permission = {
      'Access-Control-Allow-Methods': methods,
      // Whatever a page's tracing or client library adds is ignored, so it does no harm.
      'Access-Control-Allow-Headers': unique(['Authorization', 'Content-Type', 'Prefer', allowed]),
      'Access-Control-Max-Age': '600',
      ...(headers['access-control-request-private-network'] === 'true' && {
        'Access-Control-Allow-Private-Network': 'true',
      }),
    };
    return { status: 204, headers: permission };
  };
};

const unique = (names: readonly string[]): string =>
  [...new Set(names.filter((name) => name !== ''))].join(', ');
