import { plain } from './text.ts';

/** Text in a paragraph or a cell of a table, none of which is taken for Markdown or HTML. */
export const inline = (text: string): string =>
  plain(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&@$-]/g, (character) =>
    /[<>&]/.test(character) ? html(character) : `\\${character}`,
  );

/** Text as code, with as many backticks around it as it needs. */
export const code = (text: string): string => {
  const told = plain(text);
  const fence = fenceFor(told, 1);
  const pad = /^`|`$|^ .* $/.test(told) || told === '' ? ' ' : '';
  return `${fence}${pad}${told}${pad}${fence}`;
};

/** Lines as a block of code. */
export const block = (lines: readonly string[], language = ''): string => {
  const text = lines.map(plain).join('\n');
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
};

/** Text inside an HTML element. */
export const html = (text: string): string =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const fenceFor = (text: string, least: number): string => {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  return '`'.repeat(Math.max(least, ...runs));
};
