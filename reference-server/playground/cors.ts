import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contract } from '../../openapi/contract.ts';
import type { Answer } from '../http/answer.ts';
import { appliedHeader } from './preferences.ts';

/**
 * Lets pages of any origin use the API: a request with an Origin gets the headers that browsers ask
 * for, on refusals too. Keys travel in a header and not in cookies, so no origin is worth naming.
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
    response.setHeader('Access-Control-Allow-Origin', '*');
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
    };
    return { status: 204, headers: permission };
  };
};

const unique = (names: readonly string[]): string =>
  [...new Set(names.filter((name) => name !== ''))].join(', ');
