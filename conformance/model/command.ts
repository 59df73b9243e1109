import type { Touched } from './looks.ts';
import type { Session } from './session.ts';

/** Something to do in an organisation. What it acts on is picked when it is done, by numbers. */
export interface Command {
  readonly run: (session: Session) => Promise<Touched>;
  /** In words, for the reader of a failure. */
  readonly toString: () => string;
}

export const command = (words: string, run: Command['run']): Command => ({
  run,
  toString: () => words,
});

/** Nothing was there to act on, or it was refused as it should be. */
export const untouched: Touched = {};

/** The one with this number, as people count. */
export const ordinal = (number: number): string => `#${String(number + 1)}`;

/** Values as a reader of a failure wants them: those that aren't told are left out. */
export const told = (values: object): string => {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return known.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
};
