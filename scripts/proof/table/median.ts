/** The middle of these numbers, of an even count the mean of the middle two; none of no numbers. */
export const median = (numbers: readonly number[]): number | undefined => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  if (sorted.length === 0) return undefined;
  const mean = middle.reduce((sum, one) => sum + one, 0) / middle.length;
  // What was measured has one decimal.
  return Math.round(mean * 10) / 10;
};
