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
