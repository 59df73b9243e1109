import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contract } from '../../openapi/contract.ts';
import type { PreparedResponse } from '../http/response.ts';
import { appliedHeader } from './prefer-header.ts';

/**
 * Lets pages of any origin use the API: responses to requests with an Origin have the CORS headers,
 * refusals too.
 *
 * Pages may send credentials: many clients always do, and browsers then require the origin by name.
 * This is safe: API keys are in a header that the page sets itself, and this server ignores cookies
 * and passwords that a browser adds. For the same reason pages of the public network may call a
 * server in a private one.
 *
 * @returns the response to a preflight; undefined for any other request
 */
export const createCors = ({ operations }: Contract) => {
  const allOperations = Object.values(operations);
  const methods = unique(allOperations.map(({ method }) => method));
  const responses = allOperations.flatMap((operation) => Object.values(operation.responses));
  const responseHeaders = responses.flatMap(({ headers }) => Object.keys(headers));
  const exposed = unique([...responseHeaders, appliedHeader]);
  return (
    { method, headers }: IncomingMessage,
    response: ServerResponse,
  ): PreparedResponse | undefined => {
    if (headers.origin === undefined) return undefined;
    response.setHeader('Access-Control-Allow-Origin', headers.origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Vary', 'Origin');
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) {
      response.setHeader('Access-Control-Expose-Headers', exposed);
      return undefined;
    }
    const allowed = headers['access-control-request-headers'] ?? '';
    const preflightHeaders = {
      'Access-Control-Allow-Methods': methods,
      // Headers that a page's tracing or client library adds are ignored, so all are allowed.
      'Access-Control-Allow-Headers': unique(['Authorization', 'Content-Type', 'Prefer', allowed]),
      'Access-Control-Max-Age': '600',
      ...(headers['access-control-request-private-network'] === 'true' && {
        'Access-Control-Allow-Private-Network': 'true',
      }),
    };
    return { status: 204, headers: preflightHeaders };
  };
};

const unique = (names: readonly string[]): string =>
  [...new Set(names.filter((name) => name !== ''))].join(', ');
