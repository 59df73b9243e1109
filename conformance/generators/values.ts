import fc from 'fast-check';

/**
 * Texts that real servers fail on: scripts, punctuation of names, wildcards, values of other types
 * as text.
 */
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
  // Texts that languages and parsers confuse with other types.
  '0',
  'false',
  'undefined',
  'constructor',
  '2026-05-04',
  'C:\\new\\table',
];

/**
 * Texts with characters other than letters, digits and the punctuation of names, which a server
 * may remove or refuse (LG-GEN-055).
 */
export const oddTexts: Readonly<Record<string, string>> = {
  'a tag': '<b>Noor</b> Bakker',
  'a script': 'Noor <script>alert(1)</script>',
  'an angle bracket': 'Noor < Iris > Bram',
  'an entity': 'Tulp &amp; Zoon, caf&eacute;',
  'a statement of SQL': "Robert'); DROP TABLE dossiers;--",
  'a template': '{"name":"${name}"} {{name}} %s %d',
  'an emoji': '👩🏽‍🚒 Noor 🇳🇱 ❤️',
  'a musical symbol': '𝄞 Noor',
  'a tab': 'Noor\tBakker',
  'a null character': 'Noor\u0000Bakker',
  'an escape character': 'Noor\u001B[1mBakker',
  'a control character of Latin-1': 'Noor\u0085Bakker',
  'directional marks': 'שלום\u200F (Noor) \u200E!',
  'a directional override': 'Noor \u202Erekkab\u202C',
  'a directional isolate': 'Noor \u2067בכר\u2069 Bakker',
  'a zero-width non-joiner': 'می\u200Cخواهم',
  'a zero-width space': 'Noor\u200BBakker',
  'a byte order mark': '\uFEFFNoor',
  'a private-use character': 'Noor \uE000 Bakker',
  'a noncharacter': 'Noor \uFFFE Bakker',
};

/** The same in all Unicode normal forms, since a server may use any of them. */
const isComposed = (text: string): boolean => text.normalize('NFKC') === text;
const startsOrEndsInvisibly = /^[\p{Z}\p{C}\p{M}]|[\p{Z}\p{C}]$/u;
/** Letters, digits, everyday punctuation and spaces, without invisible characters. */
const everyday = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}\p{P}\p{Sc}+=|~^`$ ]*$/u;
const entity = /&#?\w+;/;

/** Whether no decision about characters applies to a text (LG-GEN-055). */
const isEveryday = (text: string): boolean => everyday.test(text) && !entity.test(text);

/** The awkward texts that no decision applies to. */
export const awkwardTexts: readonly string[] = awkwardGroups.filter(isComposed);

/** Values of other types as text, which matter only as a whole. */
const isWhole = (text: string): boolean => /^[\w[\].=+-]+$/.test(text);

/** The same, in fewer texts: those that matter within others, too, are two in one. */
export const denseTexts: readonly string[] = [
  ...inPairs(awkwardTexts.filter((text) => !isWhole(text))),
  ...awkwardTexts.filter(isWhole),
];

function inPairs(texts: readonly string[]): string[] {
  const half = Math.ceil(texts.length / 2);
  return texts
    .slice(0, half)
    .map((text, index) => [text, texts[half + index]].filter(Boolean).join(' · '));
}

/**
 * A text of any script that no decision applies to: short, without white space at its ends,
 * composed, of letters, digits and everyday punctuation.
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

/** A text that decisions apply to: with white space at its ends, or not composed. */
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

/** Each one longer than a common column size, and shorter than the next. */
const lengths = [20, 60, 101, 256, 1_025, 4_097, 65_537];

/**
 * Texts of many lengths, with some letters of two bytes; a marked end shows that they are
 * complete.
 */
export const longTexts: readonly string[] = lengths.map(
  (length) =>
    `${'Zoë Çelik, '
      .repeat(length)
      .slice(0, length - 4)
      .trim()}.end`,
);

/** A text of about `length` letters; the full stop avoids white space at its end. */
export const aTextOfLength = (length: number, word: string): string =>
  `${`${word} `.repeat(length).slice(0, length - 1)}.`;

/** Whole amounts, cents, and amounts beyond single precision. */
export const awkwardAmounts: readonly number[] = [
  ...[0, 1, 0.01, 19.99, 1250.5, 62_000],
  ...[16_777_217, 99_999_999.99],
];

/** Beyond 32 bits, and beyond the limit that a server may set for amounts (LG-DOS-049). */
export const largeAmounts: readonly number[] = [2_147_483_648, 999_999_999.99, 10_000_000_000];

/** An amount with cents that any exact number format can hold. */
export const anAmount = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(...awkwardAmounts),
    fc.integer({ min: 0, max: 9_999_999_999 }).map((cents) => cents / 100),
  );

/** Any non-negative number in double precision. */
export const anExactAmount = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(0.1 + 0.2, 1 / 3, 1e-7, 1e21, Number.MAX_SAFE_INTEGER, 123_456_789.012_345),
    fc.double({ min: 0, max: 1e18, noNaN: true }),
  );

/** An address that is valid by any rule: plain, in lower case. */
export const anEmail = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('noor.bakker', 'iris+leads', 'tulp_logistics', 'obrien-2'),
      fc.integer({ min: 1, max: 999_999 }),
      fc.constantFrom('example.com', 'mail.example.org', 'sub.example.technology'),
    )
    .map(([name, number, host]) => `${name}.${String(number)}@${host}`);

/**
 * An international phone number in a common format. All formats have the same digits after
 * normalisation (LG-CON-080).
 */
export const aPhone = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('+31 6 12345678', '+32 2 555 12 12', '+31-20-5551234', '+44 (20) 7946 0958'),
    fc.integer({ min: 610_000_000, max: 659_999_999 }).map((number) => `+31${String(number)}`),
  );

/** Names that every object of some language inherits, so that a careless lookup finds them. */
export const inheritedNames: readonly string[] = ['constructor', 'toString', '__proto__'];

/** A field whose values are enumerated. */
interface EnumeratedField {
  readonly values: readonly unknown[];
  /** Whether the field is required. */
  readonly required: boolean;
}

/** How a server may read a text: trimmed (LG-GEN-040), in lower case (LG-GEN-028). */
const asRead = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/**
 * Texts outside the enumeration, even if letter case and white space are ignored. In an optional
 * field, an empty or blank text may count as no value (LG-GEN-041, LG-DOS-091), and so may a
 * removed tag (LG-GEN-055), so these don't occur there.
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
