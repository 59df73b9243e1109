import fc from 'fast-check';

const day = 86_400;

/**
 * Where a contact stands to the talent pool: the seconds until its time there ends, negative when
 * it has, or null for never; off by days, so that no reading of the end bears on it (LG-CON-011).
 */
export const aTimeInPool = (): fc.Arbitrary<number | null> =>
  fc.oneof(
    fc.constant(null),
    fc.constantFrom(2 * day, 30 * day, 3_650 * day),
    fc.constantFrom(-2 * day, -30 * day, -3_650 * day),
  );
