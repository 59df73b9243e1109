/** A request before it is serialised. */
export interface Draft {
  readonly method: string;
  /** The path from the root, as it is sent. */
  readonly path: string;
  /** The parts of the query, as they are sent. */
  readonly query: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  /** Whether the body is sent in chunks, without its length. */
  readonly chunked?: boolean;
}

const targetOf = ({ path, query }: Draft): string =>
  query.length === 0 ? path : `${path}?${query.join('&')}`;

/** The bytes of a request, with valid framing whatever its content. */
export const bytesOf = (draft: Draft): Buffer => {
  const { method, headers, body, chunked = false } = draft;
  const lines = [`${method} ${targetOf(draft)} HTTP/1.1`];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (body && chunked) lines.push('Transfer-Encoding: chunked');
  else if (body) lines.push(`Content-Length: ${body.length}`);
  // Each character of a header value is one byte.
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (!body) return head;
  return Buffer.concat(chunked ? [head, ...chunksOf(body), lastChunk] : [head, body]);
};

const lastChunk = Buffer.from('0\r\n\r\n');

const chunksOf = (body: Buffer): Buffer[] => {
  const size = Math.max(1, Math.ceil(body.length / 3));
  const chunks: Buffer[] = [];
  for (let start = 0; start < body.length; start += size) {
    const part = body.subarray(start, start + size);
    chunks.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return chunks;
};

/** The longest request that is shown in full, in bytes. */
const longestShown = 4000;

/** A shell command that sends the same bytes again, or the beginning of a very long request. */
export const commandOf = (bytes: Buffer, url: string): string => {
  const { hostname, port } = new URL(url);
  const shown = bytes.subarray(0, longestShown);
  const rest = bytes.length - shown.length;
  const cut = rest > 0 ? `  # the first ${shown.length} of ${bytes.length} bytes` : '';
  return `printf '%b' '${escapeBytes(shown)}' | nc ${hostname} ${port}${cut}`;
};

/** Escapes bytes for `printf %b`: all but printable ASCII as octal. */
const escapeBytes = (bytes: Buffer): string => {
  let text = '';
  for (const byte of bytes) {
    if (byte === 13) text += '\\r';
    else if (byte === 10) text += '\\n';
    else if (byte < 32 || byte > 126 || byte === 39 || byte === 92) {
      text += `\\0${byte.toString(8).padStart(3, '0')}`;
    } else text += String.fromCharCode(byte);
  }
  return text;
};

/** A request as a curl command; undefined where curl would send other bytes. */
export const curlOf = (draft: Draft, url: string): string | undefined => {
  const body = draft.body?.toString('utf8');
  if (draft.chunked || !isPlain(body ?? '') || !isPlain(targetOf(draft))) return undefined;
  if ((body?.length ?? 0) > longestShown) return undefined;
  const { origin } = new URL(url);
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const headers = draft.headers
    .filter(([name]) => name !== 'Host')
    .map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  const data = body === undefined ? [] : [`--data-binary ${quote(body)}`];
  const target = quote(`${origin}${targetOf(draft)}`);
  return ['curl -i --path-as-is -g -X', draft.method, ...headers, ...data, target].join(' ');
};

const isPlain = (text: string): boolean => /^[\x20-\x7e\r\n]*$/.test(text);
