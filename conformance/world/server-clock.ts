import type { Exchange } from './exchange.ts';

/** The server's clock as it answered, in milliseconds; NaN where it doesn't tell. */
export const clockOf = ({ response }: Exchange): number =>
  Date.parse(response.headers['date'] ?? '');
