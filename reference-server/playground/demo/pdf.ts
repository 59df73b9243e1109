/**
 * A PDF of one page with lines of text, as small as a whole one can be.
 *
 * @param lines - what the standard fonts lack is written without accents, or as `?`
 */
export const makePdf = (lines: readonly string[]): Buffer => {
  const page = lines.map((line) => `(${escape(line)}) Tj T*`).join('\n');
  const content = `BT /F1 14 Tf 18 TL 72 760 Td\n${page}\nET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`;
  // One byte a character, so that lengths and offsets count alike.
  return Buffer.from(file + table + trailer, 'latin1');
};

const escape = (text: string): string =>
  text.replace(/[^\x20-\x7e\xa0-\xff]/gu, replaceLetter).replace(/[\\()]/g, '\\$&');

/** A letter that the font lacks, without its accents. */
const replaceLetter = (letter: string): string =>
  /^[\x20-\x7e]/.exec(letter.normalize('NFD'))?.[0] ?? '?';
