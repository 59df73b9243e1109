import type { Contract } from '../openapi/contract.ts';
import type { Exchange } from './world/exchange.ts';

/** Counts what a run creates, to say at its end what it left behind. */
export const countRemains = (contract: Contract) => {
  const created = new Map<string, number>();
  let kept = false;
  return {
    survey: ({ operation, response }: Exchange): void => {
      if (operation === undefined || response.status >= 300) return;
      if (contract.operations[operation].success !== creationStatus) return;
      created.set(operation, (created.get(operation) ?? 0) + 1);
    },
    /** @param released - whether nothing is left of each organisation that a rule worked in */
    release: (released: readonly boolean[]): void => {
      kept ||= released.includes(false);
    },
    /** Undefined when everything could be given back. */
    tell: (): string | undefined => {
      if (!kept || created.size === 0) return undefined;
      const counts = [...created].map(([operation, count]) => `${operation} (${String(count)})`);
      return `at most what these created: ${counts.join(', ')}`;
    },
  };
};

/** The status by which the contract tells a creation from other writes. */
const creationStatus = 201;
