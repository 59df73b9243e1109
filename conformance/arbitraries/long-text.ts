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
