/** A row of a Markdown table. */
export const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => escape(`${cell}`)).join(' | ')} |`;

/** @param rows - made by `row` */
export const table = (titles: readonly string[], rows: readonly string[]): string =>
  [row(...titles), row(...titles.map(() => '---')), ...rows].join('\n');

const escape = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
