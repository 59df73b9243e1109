import fc from 'fast-check';
import type { Exchange } from './exchange.ts';
import { Nonconformity } from './nonconformity.ts';

/** How often and from where values are generated. */
export interface Sampling {
  readonly seed: number;
  readonly runs: number;
  /** fast-check's path, to meet one case again. */
  readonly path?: string;
}

type Arbitraries<Values extends unknown[]> = {
  [Index in keyof Values]: fc.Arbitrary<Values[Index]>;
};

/** Checks a predicate on many generated values; the predicate throws where it doesn't hold. */
export type Property = <Values extends unknown[]>(
  arbitraries: Arbitraries<Values>,
  predicate: (...values: Values) => Promise<void>,
  /** How often at most, where one run is costly. */
  most?: number,
) => Promise<void>;

/**
 * Makes the property check of one rule.
 *
 * @param forget - is called before each case, so that a counterexample tells of its own exchanges
 * @param exchanges - those since then
 */
export const createProperty =
  (sampling: Sampling, forget: () => void, exchanges: () => readonly Exchange[]): Property =>
  async <Values extends unknown[]>(
    arbitraries: Arbitraries<Values>,
    predicate: (...values: Values) => Promise<void>,
    most = Infinity,
  ) => {
    const property = fc.asyncProperty(fc.tuple<Values>(...arbitraries), async (values) => {
      forget();
      try {
        await predicate(...values);
      } catch (thrown) {
        if (thrown instanceof Nonconformity) thrown.exchanges = [...exchanges()];
        throw thrown;
      }
    });
    const { seed, runs, path } = sampling;
    const details = await fc.check(property, {
      seed,
      numRuns: Math.min(runs, most),
      ...(path === undefined ? {} : { path }),
    });
    if (!details.failed) return;
    const found = details.errorInstance;
    if (found instanceof Nonconformity) {
      found.falsification = {
        seed: details.seed,
        path: details.counterexamplePath ?? '',
        values: (details.counterexample?.[0] ?? []).map((value) => fc.stringify(value)).join(', '),
        shrinks: details.numShrinks,
      };
    }
    throw found;
  };
