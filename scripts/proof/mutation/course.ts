/** How mutants are judged. */
export const course = {
  /** What all generated values follow from. */
  seed: 1,
  /** Generated cases for each property. */
  runs: 4,
  /** How many rules at the same time. */
  width: 4,
  /** How many survivors of a quick look are judged together. */
  together: 24,
} as const;

/**
 * Mutants are judged in two passes: a quick look by few rules, which finds most of them, and then
 * the others, several together, by all rules.
 */
export type Pass = 'quick' | 'whole';

/** The pass that Stryker was started for. */
export const passOf = (options: Readonly<Record<string, unknown>>): Pass =>
  options['pass'] === 'quick' ? 'quick' : 'whole';
