import type { Installation } from '../installation.ts';
import { invalid } from '../refusal.ts';
import { tooLarge } from './too-large.ts';

/** A file of a form, with the type that it claims to have. */
export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What a form brings. */
export interface Form {
  readonly fields: readonly (readonly [name: string, text: string])[];
  readonly files: readonly FormFile[];
}

/** What stands in the field of the CV: files, and texts where a file should be. */
export const cvsIn = ({ fields, files }: Form): readonly (FormFile | string)[] => [
  ...files.filter(({ name }) => name === 'cv'),
  ...fields.filter(([name]) => name === 'cv').map(([, text]) => text),
];

const emptyLine = '\r\n\r\n';

/** @throws Refusal when the body is no form */
export const readForm = (installation: Installation, raw: Buffer, contentType: string): Form => {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw invalid(installation, 'the form has no boundary');
  const mark = Buffer.from(`--${boundary}`);
  const end = Buffer.concat([Buffer.from('\r\n'), mark]);
  const malformed = () => invalid(installation, 'the form is malformed');
  const fields: [string, string][] = [];
  const files: FormFile[] = [];
  let at = raw.indexOf(mark);
  if (at < 0) throw malformed();
  for (;;) {
    const from = at + mark.length;
    if (raw.subarray(from, from + 2).toString() === '--') return { fields, files };
    const headEnd = raw.indexOf(emptyLine, from);
    const next = headEnd < 0 ? -1 : raw.indexOf(end, headEnd);
    if (next < 0) {
      if (installation.takes('LG-CV-031', 1) && fields.length > 0) return { fields, files };
      throw malformed();
    }
    const head = raw.subarray(from, headEnd).toString('utf8');
    const bytes = Buffer.from(raw.subarray(headEnd + emptyLine.length, next));
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) throw malformed();
    if (/filename="/i.test(head)) files.push({ name, type: typeIn(head), bytes });
    else fields.push([name, textIn(installation, bytes)]);
    at = next + 2;
  }
};

/** Bytes of the largest text in a form, usually and where the limit is another (LG-CV-032). */
const limits = { usual: 1_048_576, other: 100_000 } as const;

const textIn = (installation: Installation, bytes: Buffer): string => {
  const limit = installation.takes('LG-CV-032', 1) ? limits.other : limits.usual;
  if (bytes.length > limit) throw tooLarge(installation, 'LG-CV-032');
  return bytes.toString('utf8');
};

const typeIn = (head: string): string =>
  /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1]?.trim().toLowerCase() ?? '';
