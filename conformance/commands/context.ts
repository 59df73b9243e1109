import type { Surroundings } from '../world/fetch.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given, so that none reaches for the process itself. */
export interface Context {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
  /** A seed for a run that was given none. */
  readonly randomSeed: () => number;
  /** Sets the exit code that the process ends with, once all is written. */
  readonly end: (exitCode: number) => void;
}
