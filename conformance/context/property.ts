import fc from 'fast-check';
import type { Exchange } from '../http/exchange.ts';
import { Nonconformity } from './expectations.ts';

/** How often and from where values are generated. */
export interface Sampling {
  readonly seed: number;
  readonly runs: number;
  /** fast-check's path, to meet one case again. */
  readonly path?: string;
}

type Generators<Values extends unknown[]> = {
  [Index in keyof Values]: fc.Arbitrary<Values[Index]>;
};

/** Checks a predicate on many generated values; the predicate throws where it doesn't hold. */
export type Property = <Values extends unknown[]>(
  arbitraries: Generators<Values>,
  predicate: (...values: Values) => Promise<void>,
  /** How often at most in a usual run, where one case is costly; more thorough runs have more. */
  most?: number,
) => Promise<void>;

/** Generated cases for each property, unless a run is told otherwise. */
export const usualRuns = 20;

/** Simpler cases that are tried at most once one has failed, so that no failure takes for ever. */
const mostShrinks = 150;

/**
 * Makes the property check of one rule.
 *
 * @param forget - forgets the exchanges from one on; is called before each case, so that a
 *   counterexample tells of its own exchanges, and of what the rule prepared for all of them
 * @param exchanges - those that aren't forgotten
 */
export const createProperty =
  (
    sampling: Sampling,
    forget: (from: number) => void,
    exchanges: () => readonly Exchange[],
  ): Property =>
  async <Values extends unknown[]>(
    arbitraries: Generators<Values>,
    predicate: (...values: Values) => Promise<void>,
    most = Infinity,
  ) => {
    const prepared = exchanges().length;
    let [failed, simpler, ended] = [false, 0, false];
    const property = fc.asyncProperty(fc.tuple<Values>(...arbitraries), async (values) => {
      if (ended || (failed && (simpler += 1) > mostShrinks)) return;
      forget(prepared);
      try {
        await predicate(...values);
      } catch (thrown) {
        // What breaks down while simpler cases are tried must not hide what was found.
        if (failed && !(thrown instanceof Nonconformity)) return;
        // What can't go on has no simpler case to look for.
        if (!(thrown instanceof Nonconformity)) ended = true;
        else {
          failed = true;
          thrown.exchanges = [...exchanges()];
        }
        throw thrown;
      }
    });
    const { seed, runs, path } = sampling;
    const details = await fc.check(property, {
      seed,
      numRuns: Math.min(runs, Math.ceil(most * Math.max(1, runs / usualRuns))),
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
