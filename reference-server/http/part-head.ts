import { readHeaderValue } from './header-parameters.ts';

/** What the head of a part of a form says. */
export interface PartHead {
  readonly name: string;
  /** The name of the file, which may be empty; undefined if the part isn't marked as a file. */
  readonly filename: string | undefined;
  /** The media type in lower case; empty if the part has none. */
  readonly type: string;
  /** What its text is written in, if it says so. */
  readonly charset: string | undefined;
}

/** A head that can't be read with certainty; the message is the end of a sentence about the part. */
export class UnreadableHead extends Error {
  /** The name of the part, as far as it is known. */
  readonly partName: string | undefined;

  constructor(message: string, partName?: string) {
    super(message);
    this.partName = partName;
  }
}

const example = 'Content-Disposition: form-data; name="type"';
const line = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:(.*)$/s;

/**
 * Reads the head of a part, which is leniently spelled by many clients (RFC 7578, 4.2). The name of
 * a file counts only by being there: no one looks at it, so that it need not be well-formed.
 *
 * @param bytes - the lines of the head, without the empty one that ends it
 * @throws UnreadableHead
 */
export const readPartHead = (bytes: Buffer): PartHead => {
  const headers = readLines(bytes.toString('latin1'));
  const text = headers.get('content-disposition');
  if (text === undefined) throw new UnreadableHead(`it must have a header such as ${example}`);
  const { parameters, problem } = readHeaderValue(text);
  if (problem !== undefined) {
    throw new UnreadableHead(
      `its Content-Disposition ${problem}; it must be written as in ${example}`,
      parameters.get('name'),
    );
  }
  const name = readName(parameters);
  requirePlainEncoding(name, headers.get('content-transfer-encoding'));
  const type = readHeaderValue(headers.get('content-type') ?? '');
  return {
    name,
    filename: filenameOf(parameters),
    type: type.value,
    charset: type.parameters.get('charset'),
  };
};

/** The headers by their names in lower case; a line that begins with a blank goes on the last one. */
const readLines = (head: string): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  if (head === '') return headers;
  for (const one of head.replaceAll(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const [, spelled = '', value = ''] = line.exec(one) ?? [];
    const name = spelled.toLowerCase();
    // A file may have a line break in its name; anywhere else it is a line that doesn't end in CR LF.
    if (name === '' || (name !== 'content-disposition' && /[\r\n]/.test(value))) {
      throw new UnreadableHead(
        'each line of its head must be written as Name: value, and end in CR LF',
      );
    }
    if (headers.has(name) && name.startsWith('content-')) {
      throw new UnreadableHead(`it must not have two headers ${spelled}`);
    }
    headers.set(name, value.trim());
  }
  return headers;
};

const readName = (parameters: ReadonlyMap<string, string>): string => {
  const plain = parameters.get('name');
  const extended = parameters.get('name*');
  const name = extended === undefined ? plain : decodeExtended(extended);
  if (name === undefined || name === '') {
    throw new UnreadableHead(`its Content-Disposition must have a name, as in ${example}`);
  }
  if (plain !== undefined && plain !== name) {
    throw new UnreadableHead('its Content-Disposition must not have two different names', plain);
  }
  // eslint-disable-next-line no-control-regex -- they are what it looks for
  if (/[\x00-\x1f\x7f]/.test(name)) {
    throw new UnreadableHead('its name must be without line breaks and control characters');
  }
  return Buffer.from(name, 'latin1').toString('utf8');
};

/** A text as RFC 8187 writes it, such as `UTF-8''na%C3%AFve`; its bytes as signs of Latin-1. */
const decodeExtended = (text: string): string => {
  const [, encoded] = /^utf-8'[^']*'((?:%[\da-f]{2}|[^%'])*)$/i.exec(text) ?? [];
  if (encoded === undefined) throw new UnreadableHead(`its name must be written as in ${example}`);
  return encoded.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
};

/** Also `filename*`, and the pieces `filename*0` and so on of RFC 2231. */
const filenameOf = (parameters: ReadonlyMap<string, string>): string | undefined => {
  const found = [...parameters].filter(([name]) => /^filename(\*|$)/.test(name));
  return found.length === 0 ? undefined : found.map(([, value]) => value).join('');
};

/** Encodings have no place in forms that go over HTTP (RFC 7578, 4.7). */
const requirePlainEncoding = (name: string, encoding = 'binary'): void => {
  if (/^(7bit|8bit|binary)?$/i.test(encoding)) return;
  throw new UnreadableHead(
    `its Content-Transfer-Encoding must be left out or be binary, not ${encoding}`,
    name,
  );
};
