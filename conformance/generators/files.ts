const encoder = new TextEncoder();

/** A PDF with one empty page, filled up by a comment to exactly `size` bytes. */
export const pdf = (size = 0, version = '1.4'): Uint8Array<ArrayBuffer> => {
  const filling = Math.max(
    0,
    size - encoder.encode(rest(version, 0)).length - head(version).length,
  );
  const start = encoder.encode(head(version));
  const end = encoder.encode(rest(version, filling));
  const bytes = new Uint8Array(start.length + filling + end.length).fill(filler);
  bytes.set(start);
  bytes.set(end, start.length + filling);
  return bytes;
};

const filler = '-'.charCodeAt(0);

const objects = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
];

/** What is before the filling. All is in ASCII, so that each letter is one byte. */
const head = (version: string): string => `%PDF-${version}\n%`;

/** What is behind the filling; offsets always have ten digits. */
const rest = (version: string, filling: number): string => {
  const before = head(version).length + filling;
  let text = '\n';
  const offsets = objects.map((object, index) => {
    const offset = before + text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${digits(offset)} 00000 n \n`).join('');
  const table = `xref\n0 4\n0000000000 65535 f \n${rows}`;
  const start = digits(before + text.length);
  return `${text}${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
};

const digits = (offset: number): string => String(offset).padStart(10, '0');

/** A picture of one pixel. */
const png = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  (letter) => letter.charCodeAt(0),
);
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Files that aren't PDFs by media type, bytes or name. */
export const nonPdfFiles: readonly [FilePart, ...FilePart[]] = [
  { bytes: png, name: 'photo.png', type: 'image/png' },
  {
    bytes: encoder.encode('Dear reader,\r\nI apply.\r\n'),
    name: 'letter.txt',
    type: 'text/plain',
  },
  { bytes: encoder.encode('PK\u0003\u0004 a document'), name: 'resume.docx', type: docx },
  { bytes: encoder.encode('<!doctype html><p>A CV</p>'), name: 'page.html', type: 'text/html' },
  { bytes: encoder.encode('MZ a program'), name: 'cv.exe', type: 'application/octet-stream' },
];

/** Names and media types for a PDF that don't both identify it as one. */
export const unusualLabels = [
  { name: 'cv.docx', type: 'application/pdf' },
  { name: 'cv', type: 'application/octet-stream' },
  { name: 'Lebenslauf 履歴書 "final".PDF', type: 'text/plain' },
  { name: '../../cv.pdf', type: '' },
];

/** A file as sent in a form. */
export interface FilePart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** The declared media type. */
  readonly type: string;
}

/** A small PDF with a matching name and media type. */
export const aCv = (bytes = pdf()): FilePart => ({
  bytes,
  name: 'cv.pdf',
  type: 'application/pdf',
});
