import { styleText } from 'node:util';

/**
 * A text in one line: line breaks, control characters, lone surrogates and characters that change the
 * writing direction become escapes. Joiners stay, as emoji need them.
 */
export const plain = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return shortEscapes.get(character) ?? String.raw`\u` + code.toString(16).padStart(4, '0');
  });

const shortEscapes = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
]);

/**
 * Wraps a text between words. No line begins with `::`, which GitHub Actions would take for a command.
 */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(/ (?!::)/)) {
    if (line !== undefined && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === undefined ? word : `${line} ${word}`;
    }
  }
  return [...lines, line ?? ''];
};

/** A word and a text, wrapped with a hanging indent of the word's width. */
export const hang = (word: string, text: string, width: number): string[] =>
  wrap(text, width - word.length).map(
    (line, index) => (index === 0 ? word : ' '.repeat(word.length)) + line,
  );

/** The text; a longer one is cut, with the number of characters left out. */
export const shorten = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const kept = text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (${String(text.length - kept.length)} more characters)`;
};

export type Style = 'green' | 'red' | 'yellow' | 'dim' | 'bold';

/** How text for a person is laid out. */
export interface Layout {
  readonly paint: (style: Style, text: string) => string;
  /** Columns. */
  readonly width: number;
}

export const createLayout = (color: boolean, width: number): Layout => ({
  paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  width,
});

/** The layout with less width, for indented text. */
export const narrow = ({ paint, width }: Layout, columns: number): Layout => ({
  ...{ paint, width: width - columns },
});
