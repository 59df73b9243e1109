import type { Draft } from '../http/request.ts';
import { below, pick, type Random } from '../random.ts';

/** A part of a form. */
export interface FormPart {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isFile: boolean;
}

/** How the header of a part can name it; clients write all of these. */
const dispositions: readonly ((name: string, file: string) => string)[] = [
  (name, file) => `form-data; name="${name}"${file && `; filename="${file}.pdf"`}`,
  (name, file) => `form-data; name="${name}"${file && `; filename="${file}.pdf"`};`,
  (name, file) => `form-data; name=${name}${file && `; filename=${file}.pdf`}`,
  (name, file) => `form-data; name="${name}"${file && '; filename=my cv [1].pdf'}`,
  (name, file) => `form-data; name = "${name}"${file && '; filename = "a.pdf"'}`,
  (name, file) => `form-data; name="${name}"${file && '; filename=""'}`,
  (name, file) =>
    `form-data; name="${name}"${file && `; filename="é.pdf"; filename*=UTF-8''%C3%A9.pdf`}`,
  (name, file) =>
    `form-data; name="${name}"${file && `; filename="é.pdf"; filename*="UTF-8''%C3%A9.pdf"`}`,
  (name, file) => `form-data; name="${name}"${file && '; filename*=a.pdf'}`,
  (name, file) => `form-data; name="${name}"${file && "; filename*=UTF-8''100%.pdf"}`,
  (name, file) => `form-data; name="${name}"${file && '; filename="a"b".pdf"'}`,
  (name, file) => `form-data; name="${name}"${file && '; filename="a\\"b\\\\.pdf"'}`,
  (name, file) => `FORM-DATA; NAME="${name}"${file && '; FILENAME="A.PDF"'}`,
  (name, file) => `attachment; name="${name}"${file && '; filename="a.pdf"'}`,
];

const types = ['application/pdf', 'APPLICATION/PDF', 'application/octet-stream', 'text/plain', ''];

/** Writes a form, its parts mostly as browsers do. */
export const writeForm = (
  parts: readonly FormPart[],
  random: Random,
  plain: boolean,
): Pick<Draft, 'body'> & { readonly contentType: string } => {
  const boundary = plain || random() < 0.9 ? `fire${below(random, 1e9)}` : '==fire==';
  const chunks = parts.flatMap(({ name, bytes, isFile }) => {
    const write = plain || random() < 0.5 ? dispositions[0] : pick(random, dispositions);
    const lines = [`Content-Disposition: ${write?.(name, isFile ? 'cv' : '') ?? ''}`];
    const type = isFile && (plain ? types[0] : pick(random, types));
    if (type) lines.push(`Content-Type: ${type}`);
    const head = `--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`;
    return [Buffer.from(head), bytes, Buffer.from('\r\n')];
  });
  const end = Buffer.from(`--${boundary}--\r\n`);
  const tail = plain || random() < 0.9 ? '' : ';';
  return {
    body: Buffer.concat([...chunks, end]),
    contentType: `multipart/form-data; boundary=${boundary}${tail}`,
  };
};

/** A PDF as far as anybody looks. */
export const makePdf = (
  random: Random,
  size = 20 + below(random, random() < 0.9 ? 40 : 5000),
): Buffer => {
  const bytes = Buffer.alloc(size, String(random()));
  bytes.write('%PDF-1.7\r\n--');
  return bytes;
};
