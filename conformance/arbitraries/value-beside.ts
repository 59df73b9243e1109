import fc from 'fast-check';

/** Names that every object of some language has, so that who looks a value up in one finds them. */
export const inheritedNames: readonly string[] = ['constructor', 'toString', '__proto__'];

/** A field whose values are enumerated. */
interface EnumeratedField {
  readonly values: readonly unknown[];
  /** Whether a request needs the field. */
  readonly required: boolean;
}

/** How a text may be read: without blanks (LG-GEN-040), in one letter case (LG-GEN-028). */
const asRead = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/**
 * Texts that are none of the values, even where letter case and blanks are disregarded. In an
 * optional field an empty or blank text may count as no value (LG-GEN-041, LG-DOS-091), and so may
 * a tag that is removed (LG-GEN-055), so that none of them occurs there.
 */
export const aValueBeside = ({ values, required }: EnumeratedField): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom('unknown', '0', 'null', 'candidates', 'sale', ...inheritedNames),
      fc.string({ maxLength: 20 }),
      ...(required ? [fc.constantFrom('', ' ')] : []),
    )
    .filter((text) => !/[<>&]/.test(text) && !values.includes(asRead(text)))
    .filter((text) => required || asRead(text) !== '');
