import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * The refusal that an error is; any other error is a fault of the server's own, which is complained
 * of and answered as `internal` (LG-ERR-020).
 */
export const refusalOf = (
  error: unknown,
  { method, url }: IncomingMessage,
  complain: (line: string) => void,
): Refusal => {
  if (error instanceof Refusal) return error;
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
  complain(`${method ?? ''} ${url ?? ''} failed: ${story}`);
  return new Refusal(
    'internal',
    'The server failed. Nothing was changed; the request can be sent again.',
  );
};
