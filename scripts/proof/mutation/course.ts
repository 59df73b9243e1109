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

/** Whether Stryker was asked for a quick look: few rules for each mutant. */
export const isQuick = (options: Readonly<Record<string, unknown>>): boolean =>
  options['quick'] === true;
