import fc from 'fast-check';

/** An address that any rule lets pass: plain, in lower case. */
export const anEmail = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('noor.bakker', 'iris+leads', 'tulp_logistics', 'obrien-2'),
      fc.integer({ min: 1, max: 999_999 }),
      fc.constantFrom('example.com', 'mail.example.org', 'sub.example.technology'),
    )
    .map(([name, number, host]) => `${name}.${String(number)}@${host}`);
