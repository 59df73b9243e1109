import fc from 'fast-check';

/** A phone number in one of the ways in which people write them. */
export const aPhone = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('+31 6 12345678', '+32 (0)2 555 12 12', '0031-20-5551234', '06 12 34 56 78'),
    fc.integer({ min: 600_000_000, max: 699_999_999 }).map((number) => `+31${String(number)}`),
  );
