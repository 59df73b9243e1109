import fc from 'fast-check';

/** Whole, with cents, and beyond single precision. */
export const awkwardAmounts: readonly number[] = [
  ...[0, 1, 0.01, 19.99, 1250.5, 62_000],
  ...[16_777_217, 99_999_999.99],
];

/** Beyond 32 bits, and beyond what a server may limit amounts to (LG-DOS-049). */
export const largeAmounts: readonly number[] = [2_147_483_648, 999_999_999.99, 10_000_000_000];

/** An amount in a currency with cents that any exact number format holds. */
export const anAmount = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(...awkwardAmounts),
    fc.integer({ min: 0, max: 9_999_999_999 }).map((cents) => cents / 100),
  );

/** Any number that double precision holds and that isn't below zero. */
export const anExactAmount = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(0.1 + 0.2, 1 / 3, 1e-7, 1e21, Number.MAX_SAFE_INTEGER, 123_456_789.012_345),
    fc.double({ min: 0, max: 1e18, noNaN: true }),
  );
