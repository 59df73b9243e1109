import fc from 'fast-check';
import type { RequirementId } from '../../openapi/register.ts';
import type { Exchange } from '../http/exchange.ts';
import { Nonconformity } from './expectations.ts';

/** How the values of properties are generated. */
export interface Sampling {
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** fast-check's path, to repeat one case. */
  readonly path?: string;
  /** Whether no simpler case is looked for after a failure. */
  readonly firstFailure?: boolean | undefined;
}

type Generators<Values extends unknown[]> = {
  [Index in keyof Values]: fc.Arbitrary<Values[Index]>;
};

/** Checks a predicate on many generated values; the predicate throws where it doesn't hold. */
export type Property = <Values extends unknown[]>(
  generators: Generators<Values>,
  predicate: (...values: Values) => Promise<void>,
  /** The most cases in a usual run, where a case is costly; it grows with the cases of the run. */
  most?: number,
) => Promise<void>;

/** What a failure is about; see `about` of the rule context. */
export interface Subject {
  get: () => readonly RequirementId[];
  set: (...requirements: readonly RequirementId[]) => void;
}

/** In a run with more cases than these, costly properties have more cases too. */
export const usualRuns = 20;

/** The most simpler cases that are tried after a failure, which limits the time it takes. */
const mostShrinks = 150;

/**
 * Makes the property check of one rule.
 *
 * @param forget - removes the exchanges from this index on; called before each case, so that a
 *   counterexample has only its own exchanges and those that the rule sent before all cases
 * @param exchanges - the exchanges that remain
 * @param subject - each case begins with what the rule is about then, and its failure keeps its own
 */
export const createProperty =
  (
    sampling: Sampling,
    forget: (from: number) => void,
    exchanges: () => readonly Exchange[],
    subject: Subject,
  ): Property =>
  async <Values extends unknown[]>(
    generators: Generators<Values>,
    predicate: (...values: Values) => Promise<void>,
    most = Infinity,
  ) => {
    const prepared = exchanges().length;
    const initial = subject.get();
    let [failed, simpler, ended] = [false, 0, false];
    const property = fc.asyncProperty(fc.tuple<Values>(...generators), async (values) => {
      if (ended || (failed && (simpler += 1) > mostShrinks)) return;
      forget(prepared);
      subject.set(...initial);
      try {
        await predicate(...values);
      } catch (thrown) {
        // An error while simpler cases are tried must not hide the failure.
        if (failed && !(thrown instanceof Nonconformity)) return;
        // After an error there is no simpler case to look for.
        if (!(thrown instanceof Nonconformity)) ended = true;
        else {
          failed = true;
          thrown.exchanges = [...exchanges()];
          // A simpler case that is tried later may pass, and is about something else at its end.
          thrown.about = subject.get();
        }
        throw thrown;
      }
    });
    const { seed, runs, path, firstFailure = false } = sampling;
    const details = await fc.check(property, {
      seed,
      numRuns: Math.min(runs, Math.ceil(most * Math.max(1, runs / usualRuns))),
      endOnFailure: firstFailure,
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
