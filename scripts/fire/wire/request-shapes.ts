/** A valid or invalid request as bytes. */
export interface Shape {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The input for making shapes. */
export interface ShapeParts {
  /** The path of the API, without a slash at the end. */
  readonly base: string;
  readonly key: string;
  /** The full_name of the contacts that the shapes create. */
  readonly marker: string;
}

/** Helpers that write the shapes of one organisation. */
const createWriting = ({ base, key, marker }: ShapeParts) => {
  const host = 'Host: localhost';
  const auth = `Authorization: Bearer ${key}`;
  const type = 'Content-Type: application/json';
  const body = (mark = '') => JSON.stringify({ full_name: `${marker}${mark}` });
  const json = body();
  const post = (lines: readonly string[], content: string, version = 'HTTP/1.1', end = '\r\n') =>
    [`POST ${base}/contacts ${version}`, host, auth, type, ...lines, '', content].join(end);
  return {
    ...{ base, host, json, post, length: `Content-Length: ${json.length}` },
    whole: (mark = '') => post([`Content-Length: ${body(mark).length}`], body(mark)),
    get: (target: string, ...lines: string[]) =>
      [`GET ${target} HTTP/1.1`, host, auth, ...lines, '', ''].join('\r\n'),
  };
};

type Writing = ReturnType<typeof createWriting>;
type Texts = Readonly<Record<string, string>>;

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const chunked = 'Transfer-Encoding: chunked';

/** Contradictory lengths and chunks, and invalid chunks. */
const codings = ({ json, length, post, whole }: Writing): Texts => ({
  'a plain request': whole(),
  'two different lengths': post([length, 'Content-Length: 1'], json),
  'the same length twice': post([length, length], json),
  'a list of lengths': post([`Content-Length: ${json.length}, ${json.length}`], json),
  'a length and chunks': post([length, chunked], `${chunk(json)}0\r\n\r\n`),
  'chunks and a length, with a request inside': post(
    ['Content-Length: 4', chunked],
    `0\r\n\r\n${whole('inside')}`,
  ),
  'an unknown coding before chunked': post(
    ['Transfer-Encoding: x, chunked'],
    `${chunk(json)}0\r\n\r\n`,
  ),
  'chunked that is not last': post(
    ['Transfer-Encoding: chunked, identity'],
    `${chunk(json)}0\r\n\r\n`,
  ),
  'chunked twice': post([chunked, chunked], `${chunk(json)}0\r\n\r\n`),
  'a misspelt coding': post(['Transfer-Encoding: xchunked'], `${chunk(json)}0\r\n\r\n`),
  'a space before the colon': post(['Transfer-Encoding : chunked', length], json),
  'a tab before the coding': post(['Transfer-Encoding:\tchunked'], `${chunk(json)}0\r\n\r\n`),
  'a folded header': post(['X-Folded: a', ' b', length], json),
  'a folded coding': post(['Transfer-Encoding:', ' chunked', length], json),
  'bare line feeds': post([length], json, 'HTTP/1.1', '\n'),
  'bare carriage returns': post([length], json, 'HTTP/1.1', '\r'),
  'a line feed in a header': post([`X: a\nContent-Length: 0`, length], json),
  'an invalid chunk size': post([chunked], `zz\r\n${json}\r\n0\r\n\r\n`),
  'a chunk size with a sign': post([chunked], `+${chunk(json)}0\r\n\r\n`),
  'a huge chunk size': post([chunked], `fffffffffffffffff\r\n${json}`),
  'a chunk that is longer than its size': post([chunked], `1\r\n${json}\r\n0\r\n\r\n`),
  'a chunk that ends in a line feed': post(
    [chunked],
    `${json.length.toString(16)}\n${json}\n0\n\n`,
  ),
  'chunk extensions': post([chunked], chunk(json).replace('\r', ';a=b;c="d\\""\r') + '0\r\n\r\n'),
  'long chunk extensions': post(
    [chunked],
    chunk(json).replace('\r', `;${'x'.repeat(30_000)}\r`) + '0\r\n\r\n',
  ),
  trailers: post([chunked, 'Trailer: X'], `${chunk(json)}0\r\nX: y\r\nContent-Length: 0\r\n\r\n`),
});

/** Invalid lengths, and bytes outside a request. */
const lengths = ({ json, post, whole }: Writing): Texts => ({
  'a negative length': post(['Content-Length: -1'], json),
  'a length with a sign': post([`Content-Length: +${json.length}`], json),
  'a length in hexadecimal': post([`Content-Length: 0x${json.length.toString(16)}`], json),
  'a huge length': post(['Content-Length: 99999999999999999999'], json),
  'an empty length': post(['Content-Length:'], json),
  'one byte too many': `${whole()}x`,
  'a length that is one too short': post([`Content-Length: ${json.length}`], `${json}}`),
  'a length that is one too long': post([`Content-Length: ${json.length + 1}`], json),
  'empty lines before': `\r\n\r\n${whole()}`,
  'spaces before': `  ${whole()}`,
  'only empty lines': '\r\n'.repeat(40),
});

/** Versions, methods and targets. */
const lines = ({ base, get, json, length, post, whole }: Writing): Texts => ({
  'HTTP/1.0': post([length], json, 'HTTP/1.0'),
  'HTTP/1.2': post([length], json, 'HTTP/1.2'),
  'HTTP/2.0': post([length], json, 'HTTP/2.0'),
  'HTTP/9.9': post([length], json, 'HTTP/9.9'),
  'no version': `GET ${base}/contacts\r\n\r\n`,
  'a method in lower case': whole().replace('POST', 'post'),
  'an unknown method': whole().replace('POST', 'FROBNICATE'),
  'two spaces in the request line': whole().replace('POST ', 'POST  '),
  'a target with a fragment': get(`${base}/contacts#x`, 'Connection: close'),
  'a target with a NUL': get(`${base}/contacts?search=\u0000`, 'Connection: close'),
  'a target with non-ASCII bytes': get(`${base}/contacts?search=\u00e9\u00ff`, 'Connection: close'),
  'a target that names a server': get(
    `http://example.invalid${base}/contacts`,
    'Connection: close',
  ),
  'a target that names a user': get(
    `http://a:b@example.invalid${base}/contacts`,
    'Connection: close',
  ),
  'a target of another scheme': get('ftp://example.invalid/', 'Connection: close'),
  'a target of two slashes': get(`//example.invalid${base}/contacts`, 'Connection: close'),
  'a target with back-slashes': get(`${base.replaceAll('/', '\\')}\\contacts`, 'Connection: close'),
});

/** Headers. */
const heads = ({ base, get, host, json, length, post, whole }: Writing): Texts => ({
  'no Host': whole().replace(`${host}\r\n`, ''),
  'two Hosts': whole().replace(host, `${host}\r\nHost: example.invalid`),
  'a NUL in a header': post(['X: a\u0000b', length], json),
  'a header without a name': post([': x', length], json),
  'a header without a colon': post(['nonsense', length], json),
  'a header name with a space': post(['X Y: z', length], json),
  'many headers': post([...Array.from({ length: 3000 }, (_, n) => `X${n}: y`), length], json),
  'headers of 20 KB': post([`X: ${'y'.repeat(20_000)}`, length], json),
  'headers of 200 KB': post([`X: ${'y'.repeat(200_000)}`, length], json),
  'a target of 20 KB': get(`${base}/contacts?search=${'y'.repeat(20_000)}`),
  'two API keys': post([`Authorization: Bearer nobody`, length], json),
});

/** Other protocols, several requests at once, and incomplete requests. */
const protocols = ({ base, get, host, json, length, post, whole }: Writing): Texts => ({
  'a body with a GET': get(`${base}/contacts`, 'Content-Length: 5', 'Connection: close') + 'hello',
  'a request that waits for 100 Continue': post(['Expect: 100-continue', length], json),
  'an unknown expectation': post(['Expect: a-miracle', length], json),
  'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\u0012\u0004\0\0\0\0\0',
  'an upgrade to HTTP/2': post(
    ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk', length],
    json,
  ),
  'an upgrade to WebSocket': get(
    `${base}/contacts`,
    ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ),
  'the beginning of TLS': '\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003'.padEnd(
    80,
    '\u0007',
  ),
  'the line of a proxy': `PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n${whole()}`,
  'another protocol': 'EHLO localhost\r\nQUIT\r\n',
  'random bytes': '\u0080\u00ff\u0000\u0001'.repeat(500),
  'twenty requests at once': Array.from({ length: 20 }, (_, n) => whole(String(n))).join(''),
  'requests at once, one of them broken': `${whole('a')}${get(`${base}/contacts`)}BROKEN\r\n\r\n${whole('b')}`,
  'a request after Connection: close': `${post([length, 'Connection: close'], json)}${whole('late')}`,
  'a tunnel': `CONNECT example.invalid:443 HTTP/1.1\r\n${host}\r\n\r\n${whole('tunnelled')}`,
  'a tunnel after a request': `${whole('a')}CONNECT example.invalid:443 HTTP/1.1\r\n\r\n`,
  'half of the headers': whole().slice(0, 60),
  'half of a body': whole().slice(0, -10),
  'half of a chunk': post([chunked], chunk(json).slice(0, 20)),
});

/**
 * Requests with invalid, unusual or ambiguous framing. Each POST that succeeds creates a contact, so
 * the number of contacts must match the responses.
 */
export const createShapes = (parts: ShapeParts): Shape[] => {
  const writing = createWriting(parts);
  const texts = [codings, lengths, lines, heads, protocols].map((create) => create(writing));
  return texts
    .flatMap((some) => Object.entries(some))
    .map(([name, text]) => ({ name, bytes: Buffer.from(text, 'latin1') }));
};
