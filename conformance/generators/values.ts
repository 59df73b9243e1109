import fc from 'fast-check';

/** Texts that real servers break on: scripts, signs of names, wildcards, values in disguise. */
const awkwardGroups = [
  'Zoë Çelik-Łukasz',
  'نور بكر',
  'שלום (Noor) 123',
  '小林 さくら',
  'हिन्दी नाम',
  'สวัสดีครับ',
  'Nguyễn Thị Hồng',
  // Marks that no composed letter has, in the order of the normal forms.
  'q\u0323\u0303 x\u0302',
  'م\u064Fح\u064Eم\u064E\u0651د',
  // Letters outside the basic plane, of four bytes each: a Japanese name and a word in Gothic.
  '𠮷野 屋',
  '𐌲𐌿𐍄𐌰',
  '100% _sure_ \\ "quoted" \'single\'',
  "O'Brien-d'Arc, Jansen & Zoon; C++ (senior)",
  '{50%} [2] $100 #1 @noor ~ ^',
  'Sales/Marketing, 24/7',
  '+31 (0)6 12345678',
  '=1+1',
  '0042',
  '1e3',
  'null',
  'true',
  '[]',
  '__proto__',
  'İstanbul, Straße 12, €100 Šœ Ÿ',
  '“Quoted” ‘so’ – and—so',
  '100%25 %41 a+b',
  // What languages and parsers take for something else than a text.
  '0',
  'false',
  'undefined',
  'constructor',
  '2026-05-04',
  'C:\\new\\table',
];

/**
 * Texts of other characters than letters, digits and the signs of names, which a server may remove
 * or refuse (LG-GEN-055).
 */
export const oddTexts: Readonly<Record<string, string>> = {
  'a tag': '<b>Noor</b> Bakker',
  'a script': 'Noor <script>alert(1)</script>',
  'an angle bracket': 'Noor < Iris > Bram',
  'an entity': 'Tulp &amp; Zoon, caf&eacute;',
  'a statement of SQL': "Robert'); DROP TABLE dossiers;--",
  'a template': '{"name":"${name}"} {{name}} %s %d',
  'an emoji': '👩🏽‍🚒 Noor 🇳🇱 ❤️',
  'a symbol of music': '𝄞 Noor',
  'a tab': 'Noor\tBakker',
  'a null character': 'Noor\u0000Bakker',
  'an escape character': 'Noor\u001B[1mBakker',
  'a control character of Latin-1': 'Noor\u0085Bakker',
  'marks of direction': 'שלום\u200F (Noor) \u200E!',
  'an override of direction': 'Noor \u202Erekkab\u202C',
  'an isolate of direction': 'Noor \u2067בכר\u2069 Bakker',
  'a joiner without width': 'می\u200Cخواهم',
  'a blank without width': 'Noor\u200BBakker',
  'a mark of byte order': '\uFEFFNoor',
  'a private character': 'Noor \uE000 Bakker',
  'a noncharacter': 'Noor \uFFFE Bakker',
};

/** Of all Unicode normal forms the same, so that a server may choose any of them. */
const isComposed = (text: string): boolean => text.normalize('NFKC') === text;
const startsOrEndsInvisibly = /^[\p{Z}\p{C}\p{M}]|[\p{Z}\p{C}]$/u;
/** Letters, digits, everyday signs and blanks, and no character without a look of its own. */
const everyday = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}\p{P}\p{Sc}+=|~^`$ ]*$/u;
const entity = /&#?\w+;/;

/** Whether no decision about characters bears on a text (LG-GEN-055). */
const isEveryday = (text: string): boolean => everyday.test(text) && !entity.test(text);

/** The awkward texts that every decision leaves alone, for who tries each of them. */
export const awkwardTexts: readonly string[] = awkwardGroups.filter(isComposed);

/**
 * A text of any script, as a person might send it, that every decision leaves alone: short, without
 * white space at its ends, in composed letters, of letters, digits and everyday signs.
 */
export const aText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('Noor Bakker', 'Tulp Logistics', 'Iris'),
    fc.constantFrom(...awkwardTexts),
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => Array.from(text.normalize('NFKC')).filter(isEveryday).join('').trim())
      .map((text) => text.normalize('NFKC'))
      .filter((text) => text !== '' && isEveryday(text) && !startsOrEndsInvisibly.test(text)),
  );

/** A text on which decisions bear: white space at its ends, letters decomposed or alike. */
export const anUntidyText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      ' leading and trailing ',
      '\nNoor\n',
      'First line\r\nSecond line\n',
      'Cafe\u0301 de l’E\u0301toile',
      '\u212Bngstro\u0308m \uFB01lter',
      '\u00A0Noor\u2003',
      'two  spaces',
    ),
    fc.tuple(fc.constantFrom(' ', '', '\n'), aText(), fc.constantFrom(' ', '', '\u00A0')).map(join),
  );

const join = (parts: readonly string[]): string => parts.join('');

/** Each one longer than what a usual column holds, and shorter than the next usual one. */
const lengths = [20, 60, 101, 256, 1_025, 4_097, 65_537];

/** Texts of many lengths, in which some letters take two bytes; their ends show that they are whole. */
export const longTexts: readonly string[] = lengths.map(
  (length) =>
    `${'Zoë Çelik, '
      .repeat(length)
      .slice(0, length - 4)
      .trim()}.end`,
);

/** A text of about so many letters; the full stop leaves no white space at its end. */
export const aTextOf = (length: number, word: string): string =>
  `${`${word} `.repeat(length).slice(0, length - 1)}.`;

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

/** An address that any rule lets pass: plain, in lower case. */
export const anEmail = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('noor.bakker', 'iris+leads', 'tulp_logistics', 'obrien-2'),
      fc.integer({ min: 1, max: 999_999 }),
      fc.constantFrom('example.com', 'mail.example.org', 'sub.example.technology'),
    )
    .map(([name, number, host]) => `${name}.${String(number)}@${host}`);

/**
 * An international phone number in one of the ways in which people write them, from all of which a
 * uniform spelling makes the same digits (LG-CON-080).
 */
export const aPhone = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('+31 6 12345678', '+32 2 555 12 12', '+31-20-5551234', '+44 (20) 7946 0958'),
    fc.integer({ min: 610_000_000, max: 659_999_999 }).map((number) => `+31${String(number)}`),
  );

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
export const anUnlistedValue = ({ values, required }: EnumeratedField): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom('unknown', '0', 'null', 'candidates', 'sale', ...inheritedNames),
      fc.string({ maxLength: 20 }),
      ...(required ? [fc.constantFrom('', ' ')] : []),
    )
    .filter((text) => !/[<>&]/.test(text) && !values.includes(asRead(text)))
    .filter((text) => required || asRead(text) !== '');
