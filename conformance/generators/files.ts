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

const textEncoder = new TextEncoder();

/** A picture of one pixel. */
const png = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  (letter) => letter.charCodeAt(0),
);
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * Files that are no PDF in any way: by their label, by their bytes, nor by their name, which some
 * servers take for a label.
 */
export const otherFiles: readonly [FilePart, ...FilePart[]] = [
  { bytes: png, name: 'photo.png', type: 'image/png' },
  {
    bytes: textEncoder.encode('Dear reader,\r\nI apply.\r\n'),
    name: 'letter.txt',
    type: 'text/plain',
  },
  { bytes: textEncoder.encode('PK\u0003\u0004 a document'), name: 'resume.docx', type: docx },
  { bytes: textEncoder.encode('<!doctype html><p>A CV</p>'), name: 'page.html', type: 'text/html' },
  { bytes: textEncoder.encode('MZ a program'), name: 'cv.exe', type: 'application/octet-stream' },
];

/** Names and types under which a PDF may come, none of which says that it is one twice. */
export const strangeLabels = [
  { name: 'cv.docx', type: 'application/pdf' },
  { name: 'cv', type: 'application/octet-stream' },
  { name: 'Lebenslauf 履歴書 "final".PDF', type: 'text/plain' },
  { name: '../../cv.pdf', type: '' },
];

/** A file as a form sends it. */
export interface FilePart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** The media type that it claims to have. */
  readonly type: string;
}

/** A small PDF, named and labelled as one. */
export const aCv = (bytes = pdf()): FilePart => ({
  bytes,
  name: 'cv.pdf',
  type: 'application/pdf',
});
