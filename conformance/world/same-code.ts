import type { Exchange } from './exchange.ts';
import { errorCodeOf, expectEqual } from './expectations.ts';

/**
 * The same failure, three times, is told by this status and by one code.
 *
 * @param send - makes it happen; given which time it is, to say what doesn't matter differently
 */
export const expectSameCode = async (
  status: number,
  send: (time: number) => Promise<Exchange>,
): Promise<void> => {
  const codes: unknown[] = [];
  for (const time of [1, 2, 3]) {
    const exchange = await send(time);
    expectEqual(exchange.response.status, status, 'the status');
    codes.push(errorCodeOf(exchange.json));
  }
  expectEqual(codes, [codes[0], codes[0], codes[0]], 'the same code three times,');
};
