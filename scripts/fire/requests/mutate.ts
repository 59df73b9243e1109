import { gzipSync } from 'node:zlib';
import type { Draft } from '../harness/http-request.ts';
import { below, pick, type Random } from '../harness/random.ts';

/** Values that replace a field's value. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1e308, 5e-324, 2 ** 53 + 2, '', ' ', '0', 'null', 'NaN'],
  ...[[], [[]], {}, { toString: 1 }, { __proto__: null, length: -1 }, 'archived', '\ud800'],
  ...['\u0000', 'a'.repeat(70_000), ['candidate', 'candidate'], [null], '2026-02-30T25:61:61Z'],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff', '../..'],
];

const oddNames = ['__proto__', 'constructor', 'toString', 'id', 'created_at', 'data', '', 'näme'];

/** Replaces, adds or removes a field of a JSON object. */
export const mutateObject = (
  object: Readonly<Record<string, unknown>>,
  random: Random,
): Record<string, unknown> => {
  const names = Object.keys(object);
  const name = (random() < 0.8 ? pick(random, names) : pick(random, oddNames)) ?? 'name';
  const entries = Object.entries(object).filter(([one]) => one !== name);
  if (random() < 0.15) return Object.fromEntries(entries);
  const value = random() < 0.9 ? pick(random, oddValues) : { deep: object };
  return Object.fromEntries([...entries, [name, value]]);
};

type Mutation<T> = (given: T, random: Random) => T;

/** Mutations of the text of a JSON body. */
const textMutations: readonly Mutation<string>[] = [
  (text, random) => text.slice(0, below(random, text.length)),
  (text) => `\ufeff${text}`,
  (text) => text.replace('{', '{"name":"twice","full_name":"twice",'),
  (text) => text.replace(/:"[^"]*"/, ':"\\ud83d"'),
  (text) => text.replace(/:[^,}]+/, ':1e999'),
  (text) => text.replace(/:[^,}]+/, ':-0.0e-0'),
  (text) => text.replace(/:[^,}]+/, `:${'['.repeat(5000)}${']'.repeat(5000)}`),
  (text) => text.replace(/:[^,}]+/, `:${'9'.repeat(400)}`),
  (text) => `[${text}]`,
  (text) => `${text}${text}`,
  (text) => text.replaceAll('"', "'"),
  (text) => `${' \n'.repeat(2000)}${text}`,
  (text) => text.replace('}', ',}'),
  (text) => text.replace('{', '{"__proto__":{"type":"candidate"},'),
  () => '""',
  () => 'null',
  () => '',
];

/** Mutations of the bytes of a body. */
const byteMutations: readonly Mutation<Buffer>[] = [
  (bytes, random) => flip(bytes, random),
  (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([0xff, 0xfe, 0x22, 0x7d])]),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
];

const flip: Mutation<Buffer> = (bytes, random) => {
  const copy = Buffer.from(bytes);
  const at = below(random, copy.length);
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << below(random, 8));
  return copy;
};

const mutateBody = (body: Buffer, random: Random): Buffer => {
  if (random() < 0.7) {
    const text = body.toString('utf8');
    return Buffer.from(pick(random, textMutations)?.(text, random) ?? text);
  }
  return pick(random, byteMutations)?.(body, random) ?? body;
};

const oddQueries: readonly string[] = [
  ...['page=0', 'page=-1', 'page=1e3', 'page=999999999999999999999999', 'page=%31', 'page=+1'],
  ...['page=', 'page', 'page=1&page=2', 'page[]=1', 'page[a]=1', 'page=1.0', 'page=0x1', 'page=٣'],
  ...['per_page=0', 'per_page=101', 'per_page=-1', 'per_page=9007199254740993', 'per_page=NaN'],
  ...['page=9007199254740991&per_page=100', 'page=9007199254740993', 'page=4294967296'],
  ...['type=', 'type=nobody', 'status=ARCHIVED', 'status=active&status=won', 'stage_id=x'],
  ...['kind[]=client', 'kind=client,partner', 'kind=client&kind=partner', 'kind=', 'pool=in_pool'],
  ...['search=%', 'search=%ff%fe', 'search=%00', 'search=(((((a*)*)*)*)', 'search=%25_%27'],
  ...['search=', '__proto__=1', 'constructor[prototype]=1', '%=%', '&&&', '=', '?', ';', 'a=b=c'],
];

const oddSegments: readonly string[] = [
  ...['..', '.', '%2e%2e', '%2F', '%00', '%', '%ff', '%ud800', '0', '-1', 'null', 'undefined'],
  ...['__proto__', 'constructor', '*', '{id}', ' ', '%20', ';x=1', '👩', 'x'.repeat(5000), ''],
];

const oddHeaders: readonly (readonly [string, string])[] = [
  ...([
    ['Accept', 'text/html'],
    ['Accept-Encoding', 'gzip, br, zstd'],
    ['Expect', '100-continue'],
    ['Range', 'bytes=0-1'],
    ['If-None-Match', '*'],
    ['X-HTTP-Method-Override', 'DELETE'],
    ['X-Forwarded-For', '10.0.0.1, ::1'],
    ['X-Forwarded-Host', 'example.invalid'],
    ['Forwarded', 'for=10.0.0.1;host=example.invalid'],
    ['X-Original-URL', '/control/v1/reset'],
    ['Cookie', `a=${'b'.repeat(3000)}`],
    ['Origin', 'https://example.invalid'],
    ['Access-Control-Request-Method', 'DELETE'],
    ['Prefer', 'return=minimal, respond-async'],
    ['Content-Language', 'nl'],
    ['Trailer', 'X'],
    ['X-Empty', ''],
    ['X-Latin', '\u00e9\u00ff'],
    ['Connection', 'keep-alive, X-Empty'],
  ] as const),
];

const mutations: readonly Mutation<Draft>[] = [
  (draft, random) => ({ ...draft, query: [...draft.query, pick(random, oddQueries) ?? ''] }),
  (draft, random) => ({ ...draft, query: [pick(random, oddQueries) ?? ''] }),
  (draft, random) => ({ ...draft, query: [`search=${'%61'.repeat(below(random, 2000))}`] }),
  (draft, random) => {
    const header = pick(random, oddHeaders);
    return header ? { ...draft, headers: [...draft.headers, header] } : draft;
  },
  (draft, random) => {
    const segments = draft.path.split('/');
    segments[below(random, segments.length + 1)] = pick(random, oddSegments) ?? '';
    const path = segments.join('/').replaceAll(' ', '%20');
    return { ...draft, path: path.startsWith('/') ? path : `/${path}` };
  },
  (draft, random) => ({
    ...draft,
    method:
      pick(random, ['PUT', 'HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'DELETE', 'GET', 'QUERY']) ?? '',
  }),
  (draft) => ({ ...draft, headers: draft.headers.filter(([name]) => name !== 'Content-Type') }),
  (draft, random) => withHeader(draft, 'Content-Type', pick(random, oddTypes) ?? ''),
  (draft, random) => (draft.body ? { ...draft, body: mutateBody(draft.body, random) } : draft),
  (draft, random) => (draft.body ? { ...draft, body: mutateBody(draft.body, random) } : draft),
  (draft) => ({ ...draft, chunked: true }),
  (draft) =>
    draft.body
      ? { ...withHeader(draft, 'Content-Encoding', 'gzip'), body: gzipSync(draft.body) }
      : draft,
  (draft, random) =>
    withHeader(draft, 'Content-Encoding', pick(random, ['br', 'deflate', 'zstd', 'x', '']) ?? ''),
];

const oddTypes = [
  ...['application/json; charset=utf-16', 'application/json;charset="', 'APPLICATION/JSON', ';'],
  ...['application/json, application/json', 'text/json', 'application/merge-patch+json', ''],
  ...['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="x'],
  ...['multipart/form-data; boundary===a==', 'application/x-www-form-urlencoded', 'text/plain'],
  ...['application/pdf', 'application/pdf; version=1.7', 'multipart/mixed; boundary=x'],
];

export const withHeader = (draft: Draft, name: string, value: string): Draft => ({
  ...draft,
  headers: [...draft.headers.filter(([one]) => one !== name), [name, value]],
});

/** Mutates a request once, or sometimes more. */
export const mutate = (draft: Draft, random: Random): Draft => {
  const once = pick(random, mutations)?.(draft, random) ?? draft;
  return random() < 0.2 ? mutate(once, random) : once;
};
