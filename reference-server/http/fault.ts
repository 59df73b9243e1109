import { inspect } from 'node:util';
import type { Request } from 'express';
import { NotKept } from '../state/store.ts';
import { Refusal } from './refusal.ts';

/** A fault that a test asked for; there is nothing to complain of. */
export class PlannedFailure extends Error {}

/**
 * The refusal that an error is; any other error is a fault of the server's own, which is complained
 * of and answered as `internal` (LG-ERR-020).
 */
export const refusalOf = (
  error: unknown,
  { method, url }: Pick<Request, 'method' | 'url'>,
  complain: (line: string) => void,
): Refusal => {
  if (error instanceof Refusal) return error;
  // What could not be kept was told, once for all requests, by whom it could not be kept.
  if (!(error instanceof PlannedFailure || error instanceof NotKept)) {
    complain(`${method} ${url} failed: ${inspect(error)}`);
  }
  return new Refusal(
    'internal',
    'The server failed. Nothing was changed; the request can be sent again.',
  );
};
