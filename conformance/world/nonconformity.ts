import type { EventType } from '../../openapi/contract.ts';
import type { Exchange } from './exchange.ts';

/** How a property was falsified: enough to meet the same case again. */
export interface Falsification {
  readonly seed: number;
  /** fast-check's path to the smallest counterexample. */
  readonly path: string;
  /** The generated values, as text. */
  readonly values: string;
  /** How many simpler cases were tried on the way. */
  readonly shrinks: number;
}

/** What is not as expected, where that is one thing alone. */
export interface Judged {
  /** The exchange whose answer it is. */
  readonly exchange?: Exchange;
  /** The event that did not come. */
  readonly missing?: EventType;
}

/**
 * The target does not do what a requirement says. Everything else that is thrown while a rule runs
 * is the suite's or the network's fault.
 */
export class Nonconformity extends Error {
  readonly expected: string;
  readonly actual: string;
  readonly judged: Judged;
  exchanges: readonly Exchange[] = [];
  falsification: Falsification | undefined;

  constructor(expected: string, actual: string, judged: Judged = {}) {
    super(`Expected ${expected}, but got ${actual}.`);
    this.expected = expected;
    this.actual = actual;
    this.judged = judged;
  }
}
