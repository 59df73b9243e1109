const encoder = new TextEncoder();

/** A PDF with one empty page; with `size`, filled up to exactly so many bytes by a comment. */
export const pdf = (size = 0, version = '1.4'): Uint8Array<ArrayBuffer> =>
  encoder.encode(write('-'.repeat(Math.max(0, size - write('', version).length)), version));

const objects = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
];

/** In ASCII, so that a letter is a byte; offsets have ten digits, however large they are. */
const write = (filler: string, version: string): string => {
  let text = `%PDF-${version}\n%${filler}\n`;
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${digits(offset)} 00000 n \n`).join('');
  const table = `xref\n0 4\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${digits(text.length)}\n%%EOF\n`;
  return text + table + trailer;
};

const digits = (offset: number): string => String(offset).padStart(10, '0');
