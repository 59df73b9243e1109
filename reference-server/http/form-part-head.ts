/** The head of a part of a form. */
export interface PartHead {
  readonly name: string;
  /** The name of the file, which may be empty; undefined if the part isn't marked as a file. */
  readonly filename: string | undefined;
  /** The media type in lower case; empty if the part has none. */
  readonly type: string;
  /** The charset of its text, if it has one. */
  readonly charset: string | undefined;
}

/** A head that is invalid or ambiguous; the message is a predicate, and the part its subject. */
export class UnreadableHead extends Error {
  /** The name of the part, if it is known. */
  readonly partName: string | undefined;

  constructor(message: string, partName?: string) {
    super(message);
    this.partName = partName;
  }
}

const example = 'Content-Disposition: form-data; name="type"';
const line = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:(.*)$/s;

/**
 * Reads the head of a part, which many clients write loosely (RFC 7578, 4.2). Of a file name only
 * its presence matters, so it needn't be well-formed.
 *
 * @param bytes - the lines of the head, without the empty line at its end
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

/** The headers by name in lower case; a line that begins with a blank continues the one before. */
const readLines = (head: string): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  if (head === '') return headers;
  for (const one of head.replaceAll(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const [, rawName = '', value = ''] = line.exec(one) ?? [];
    const name = rawName.toLowerCase();
    // A file name may contain a line break; anywhere else it is a line that doesn't end in CR LF.
    if (name === '' || (name !== 'content-disposition' && /[\r\n]/.test(value))) {
      throw new UnreadableHead(
        'each line of its head must be written as Name: value, and end in CR LF',
      );
    }
    if (headers.has(name) && name.startsWith('content-')) {
      throw new UnreadableHead(`it must not have the header ${rawName} twice`);
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
    throw new UnreadableHead('its name must not contain line breaks or control characters');
  }
  return Buffer.from(name, 'latin1').toString('utf8');
};

/**
 * Decodes a text by RFC 8187, such as `UTF-8''na%C3%AFve`, into its bytes as Latin-1 characters.
 */
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

/** Forms over HTTP have no transfer encodings (RFC 7578, 4.7). */
const requirePlainEncoding = (name: string, encoding = 'binary'): void => {
  if (/^(7bit|8bit|binary)?$/i.test(encoding)) return;
  throw new UnreadableHead(
    `its Content-Transfer-Encoding must be left out or be binary, not ${encoding}`,
    name,
  );
};

/** A header of the form `value; name=text; …`, as Content-Type and Content-Disposition are. */
export interface HeaderValue {
  /** The text before the parameters, in lower case. */
  readonly value: string;
  /** The parameters by name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Why the header is invalid or ambiguous, as a predicate whose subject is the header. */
  readonly problem: string | undefined;
}

const gap = /[ \t;]*/y;
/** The name of a parameter, and whether a value follows it. */
const label = /([^\s=;"]+)[ \t]*(=?)[ \t]*/y;
/** A quoted string by RFC 9110: a backslash escapes a character. */
const quoted = /"((?:[^\\"]|\\.)*)"(?=[ \t]*(?:;|$))/sy;
/** A quoted string that contains unescaped quotes, or a backslash before the last quote. */
const quotedLoosely = /"([^;\r\n]*?)"(?=[ \t]*(?:;|$))/y;
/** Words up to the semicolon, without trailing blanks. */
const bare = /[^; \t]*(?:[ \t]+[^; \t]+)*/y;
const end = /(?=;|$)/y;
// eslint-disable-next-line no-control-regex -- they are what it looks for
const control = /[\x00-\x08\x0a-\x1f\x7f]/;

const unquotedLineBreak = 'has a line break or control character outside of quotes';

/** Parameters that decide how the form is read: they mustn't have two different values. */
const decisive: ReadonlySet<string> = new Set(['name', 'name*', 'boundary', 'charset']);

/**
 * Reads a header with parameters as real clients write them: with a semicolon at the end, blanks
 * around the `=`, values without quotes, or quotes within quotes. Ambiguity in a decisive parameter
 * is a problem; nothing is guessed.
 */
export const readHeaderValue = (text: string): HeaderValue => {
  const [first = ''] = text.split(';', 1);
  const parameters = new Map<string, string>();
  const named = { value: first.trim().toLowerCase(), parameters };
  if (control.test(first)) return { ...named, problem: unquotedLineBreak };
  if (/[\s="]/.test(named.value)) return { ...named, problem: 'needs a semicolon after its value' };
  const scan = createScanner(text, first.length);
  scan(gap);
  while (!scan.atEnd()) {
    const found = readParameter(scan);
    if (typeof found === 'string') return { ...named, problem: found };
    const [name, value] = found;
    const earlier = parameters.get(name);
    if (earlier !== undefined && earlier !== value && decisive.has(name)) {
      return { ...named, problem: `has two different values for ${name}` };
    }
    if (value !== undefined) parameters.set(name, value);
    scan(gap);
  }
  return { ...named, problem: undefined };
};

interface Scanner {
  (pattern: RegExp): RegExpExecArray | undefined;
  readonly atEnd: () => boolean;
}

/** Consumes what a sticky pattern matches at the current position. */
const createScanner = (text: string, start: number): Scanner => {
  let at = start;
  const scan = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    at += found?.[0].length ?? 0;
    return found;
  };
  return Object.assign(scan, { atEnd: () => at >= text.length });
};

/** Reads one parameter, whose value is undefined without an `=`; or returns the problem with it. */
const readParameter = (scan: Scanner): readonly [string, string | undefined] | string => {
  const [, rawName, equals] = scan(label) ?? [];
  if (rawName === undefined) return 'has a parameter without a name';
  if (control.test(rawName)) return unquotedLineBreak;
  const name = rawName.toLowerCase();
  if (equals === '') {
    return scan(end) ? [name, undefined] : `needs an equals sign or a semicolon after ${name}`;
  }
  const strict = scan(quoted)?.[1]?.replaceAll(/\\([\\"])/g, '$1');
  if (strict !== undefined) return [name, strict];
  const loose = scan(quotedLoosely)?.[1];
  if (loose !== undefined) {
    return decisive.has(name) ? `has a quote within the quotes of ${name}` : [name, loose];
  }
  const text = scan(bare)?.[0] ?? '';
  if (text.startsWith('"')) return `has quotes around ${name} that do not close`;
  if (control.test(text)) return unquotedLineBreak;
  // Only a boundary may contain `=` without quotes; elsewhere a semicolon is missing.
  const several = name === 'boundary' ? /[\s"]/ : /[\s"=]/;
  if (decisive.has(name) && several.test(text)) return `needs quotes around the value of ${name}`;
  return [name, name === 'name' ? text.replace(/^'(.+)'$/, '$1') : text];
};
