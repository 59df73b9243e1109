import type { Exchange } from './exchange.ts';
import type { World } from './world.ts';

/** The exchanges of a race, apart by how they ended. */
export interface Race {
  readonly won: readonly Exchange[];
  readonly lost: readonly Exchange[];
}

/** Does all of it at the same moment, and tells what succeeded. */
export const atOnce = async (
  { acceptances }: Pick<World, 'acceptances'>,
  sends: readonly (() => Promise<Exchange>)[],
): Promise<Race> => {
  const exchanges = await Promise.all(sends.map((send) => send()));
  const succeeded = ({ operation, response }: Exchange): boolean =>
    (operation && acceptances.of(operation, response.status)?.success) === true;
  return {
    won: exchanges.filter(succeeded),
    lost: exchanges.filter((exchange) => !succeeded(exchange)),
  };
};

/** So many times the same, told apart by their number. */
export const times = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Statuses with which a server may refuse for the moment what it would do by itself. */
const momentary: readonly number[] = [409, 500, 503];

/**
 * Does all of it at the same moment, and expects it to succeed. Who is refused for that moment alone,
 * as servers do that look for changes under their hands (409) or fail over them (500), may be sent
 * again: by itself it must succeed. What comes of them all together is for the rule to look at.
 */
export const allAtOnce = async (
  { expect }: Pick<World, 'expect'>,
  sends: readonly (() => Promise<Exchange>)[],
): Promise<Exchange[]> => {
  const settled: Exchange[] = [];
  const all = await Promise.all(sends.map(async (send) => ({ send, first: await send() })));
  for (const { send, first } of all) {
    const exchange = momentary.includes(first.response.status) ? await send() : first;
    expect.success(exchange);
    settled.push(exchange);
  }
  return settled;
};
