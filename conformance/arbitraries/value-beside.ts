import fc from 'fast-check';

/** Values that are none of those, even for who overlooks letter case and blanks. */
export const aValueBeside = (values: readonly unknown[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('unknown', '0', 'null', 'candidates', 'sale', 'constructor', 'toString'),
    fc.string({ maxLength: 20 }).filter((text) => !values.includes(text.trim().toLowerCase())),
  );
