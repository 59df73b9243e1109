import fc from 'fast-check';

/** Names that every object of some language has, so that who looks a value up in one finds them. */
export const inheritedNames: readonly string[] = ['constructor', 'toString', '__proto__'];

/** Values that are none of those, even for who overlooks letter case and blanks. */
export const aValueBeside = (values: readonly unknown[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('unknown', '0', 'null', 'candidates', 'sale', ...inheritedNames),
    fc.string({ maxLength: 20 }).filter((text) => !values.includes(text.trim().toLowerCase())),
  );
