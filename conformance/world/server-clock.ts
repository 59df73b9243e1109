import { Unavailable } from '../targets/unavailable.ts';
import type { Exchange } from './exchange.ts';

/** The server's clock as it answered, in milliseconds; NaN where it doesn't tell. */
export const clockOf = ({ response }: Exchange): number =>
  Date.parse(response.headers['date'] ?? '');

/** What a rule about that clock throws where no answer shows it. */
export const noDateHeader = (): Unavailable =>
  new Unavailable('It needs answers with a Date header.');
