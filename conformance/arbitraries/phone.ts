import fc from 'fast-check';

/**
 * An international phone number in one of the ways in which people write them, from all of which a
 * uniform spelling makes the same digits (LG-CON-080).
 */
export const aPhone = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('+31 6 12345678', '+32 2 555 12 12', '+31-20-5551234', '+44 (20) 7946 0958'),
    fc.integer({ min: 610_000_000, max: 659_999_999 }).map((number) => `+31${String(number)}`),
  );
