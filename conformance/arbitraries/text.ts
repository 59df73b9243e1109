import fc from 'fast-check';

/** Texts that real servers break on: scripts, emoji, wildcards, markup, numbers in disguise. */
const awkward = [
  'Zoë Çelik-Łukasz',
  'نور بكر',
  'שלום (Noor) 123',
  'שלום\u200F (Noor) \u200E!',
  '小林 さくら',
  'हिन्दी नाम',
  'สวัสดีครับ',
  'Nguyễn Thị Hồng',
  // Marks that no composed letter has, in the order of the normal forms.
  'q\u0323\u0303 x\u0302',
  'م\u064Fح\u064Eم\u064E\u0651د',
  '👩🏽‍🚒 Noor 🇳🇱',
  '𝄞 outside the basic plane 𠮷',
  '100% _sure_ \\ "quoted" \'single\'',
  '<b>bold</b> & Co. &amp;',
  "Robert'); DROP TABLE dossiers;--",
  '{"name":"${name}"} {{name}} %s %d',
  '+31 (0)6 12345678',
  '=1+1',
  '0042',
  '1e3',
  'null',
  'true',
  '[]',
  '__proto__',
  '❤️ ⚖️',
  'می\u200Cخواهم',
  'İstanbul, Straße 12, €100 Šœ Ÿ',
  '“Quoted” ‘so’ – and—so',
  '100%25 %41 &eacute; a+b',
  // What languages and parsers take for something else than a text.
  '0',
  'false',
  'undefined',
  'constructor',
  '2026-05-04',
  'C:\\new\\table',
];

/** Of all Unicode normal forms the same, so that a server may choose any of them. */
const isComposed = (text: string): boolean => text.normalize('NFKC') === text;
const startsOrEndsInvisibly = /^[\p{Z}\p{C}\p{M}]|[\p{Z}\p{C}]$/u;
const unprintable = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u;

/** The awkward texts that every decision leaves alone, for who tries each of them. */
export const awkwardTexts: readonly string[] = awkward.filter(isComposed);

/**
 * A text of any script, as a person or a program might send it, that every decision leaves alone:
 * short, without white space at its ends, in composed letters.
 */
export const aText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('Noor Bakker', 'Tulp Logistics', 'Iris'),
    fc.constantFrom(...awkwardTexts),
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => text.normalize('NFKC').trim())
      .filter(
        (text) => text !== '' && !startsOrEndsInvisibly.test(text) && !unprintable.test(text),
      ),
  );

/** A text on which decisions bear: white space at its ends, letters decomposed or alike. */
export const anUnkemptText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      ' leading and trailing ',
      '\tNoor\n',
      'First line\r\nSecond line\n',
      'Cafe\u0301 de l’E\u0301toile',
      '\u212Bngstro\u0308m \uFB01lter',
      '\u00A0Noor\u2003',
      'Noor\u200B',
      '\uFEFFNoor',
      'two  spaces',
    ),
    fc.tuple(fc.constantFrom(' ', '', '\n'), aText(), fc.constantFrom(' ', '', '\t')).map(join),
  );

const join = (parts: readonly string[]): string => parts.join('');
