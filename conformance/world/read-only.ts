import { Unavailable } from '../targets/unavailable.ts';
import type { Fetch } from './fetch.ts';

const harmless = ['GET', 'HEAD', 'OPTIONS'];

/** Wraps fetch so that nothing is sent that could write: a rule that would do so ends there. */
export const withoutWrites =
  (fetch: Fetch): Fetch =>
  (request, signal) => {
    if (harmless.includes(request.method)) return fetch(request, signal);
    return Promise.reject(new Unavailable('It writes, and --read-only was given.', 'omitted'));
  };
