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
  if (!(error instanceof PlannedFailure)) complain(`${method} ${url} failed: ${storyOf(error)}`);
  return new Refusal(
    'internal',
    'The server failed. Nothing was changed; the request can be sent again.',
  );
};

/** What could not be kept says all in its message; other faults are told with their stack. */
const storyOf = (error: unknown): string =>
  error instanceof NotKept ? error.message : inspect(error);
