import type { OperationId } from '../../openapi/contract.ts';
import type { Fault } from '../faults/inject.ts';
import { buildResponse } from '../http/web-classes.ts';

/** A response after a twist. */
export interface OddAnswer {
  readonly status: number;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns an odd response in place of a regular one; undefined keeps the regular one. */
export type Twist = (answer: { status: number; body: string }) => OddAnswer | undefined;

type Json = Record<string, unknown>;

/** Replaces the whole body. */
const whole =
  (body: OddAnswer['body'], status?: number): Twist =>
  (answer) => ({ status: status ?? answer.status, body });

/** Changes the body of a successful response. */
const inSuccess =
  (change: (body: Json) => Json): Twist =>
  ({ status, body }) =>
    status < 300 ? { status, body: JSON.stringify(change(JSON.parse(body) as Json)) } : undefined;

const underData = (data: unknown): Twist => inSuccess((body) => ({ ...body, data }));

/** Changes each resource in `data`. */
const inResources = (change: (resource: Json) => Json): Twist =>
  inSuccess((body) => {
    const { data } = body as { data: Json | Json[] };
    return { ...body, data: Array.isArray(data) ? data.map(change) : change(data) };
  });

const everyMember = (value: unknown, except: readonly string[] = []): Twist =>
  inResources((resource) =>
    Object.fromEntries(
      Object.entries(resource).map(([name, own]) => [name, except.includes(name) ? own : value]),
    ),
  );

const keys = ['id', 'contact_id', 'dossier_id'];

const everyKey = (value: unknown): Twist =>
  inResources((resource) => ({
    ...resource,
    ...Object.fromEntries(keys.filter((name) => name in resource).map((name) => [name, value])),
  }));

const inError =
  (error: unknown): Twist =>
  ({ status }) =>
    status >= 400 ? { status, body: JSON.stringify({ error }) } : undefined;

const withHeaders =
  (headers: OddAnswer['headers']): Twist =>
  ({ status, body }) => ({ status, body, headers: { ...headers } });

const deep = (levels: number, open: string, close: string): string =>
  open.repeat(levels) + close.repeat(levels);

/** An object from JSON that can't be converted to a string. */
const unprintable = { toString: 5, valueOf: 5, toJSON: 5 };

export const twists: Readonly<Record<string, Twist>> = {
  'no body': whole(''),
  null: whole('null'),
  true: whole('true'),
  'a number': whole('42'),
  'a text': whole('"text"'),
  'an empty array': whole('[]'),
  'an array of null': whole('[null]'),
  'an empty object': whole('{}'),
  HTML: whole('<h1>Hello</h1>'),
  'bytes that are no UTF-8': whole(new Uint8Array([123, 34, 255, 254, 34, 58, 49, 125])),
  'a byte order mark': ({ status, body }) => ({ status, body: `\uFEFF${body}` }),
  'deep arrays': whole(deep(100_000, '[', ']')),
  'deep objects': whole(`${'{"data":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  'a deep member': ({ status, body }) => ({
    status,
    body: body.replace(/^\{/, `{"deep":${deep(50_000, '[', ']')},`),
  }),
  'data missing': inSuccess(({ data: _, ...others }) => others),
  'data null': underData(null),
  'data an array': underData([]),
  'data an array of null': underData([null]),
  'data an array of arrays': underData([[]]),
  'data an object': underData({}),
  'data a text': underData('text'),
  'data a number': underData(5),
  'data true': underData(true),
  'meta missing': inSuccess(({ meta: _, ...others }) => others),
  'meta null': inSuccess((body) => ({ ...body, meta: null })),
  'a text as total': inSuccess((body) => ({ ...body, meta: { total: 'many' } })),
  'a total below zero': inSuccess((body) => ({ ...body, meta: { total: -1.5 } })),
  'a total without end': ({ status, body }) => ({
    status,
    body: body.replace(/"total":\d+/, '"total":1e999'),
  }),
  'members null': everyMember(null, keys),
  'members of numbers': everyMember(5, keys),
  'members of arrays': everyMember([[]], keys),
  'members of objects': everyMember(unprintable, keys),
  'members of texts': everyMember('text', keys),
  'keys alone': inResources((resource) =>
    Object.fromEntries(Object.entries(resource).filter(([name]) => keys.includes(name))),
  ),
  'no keys': inResources((resource) =>
    Object.fromEntries(Object.entries(resource).filter(([name]) => !keys.includes(name))),
  ),
  'an empty id': everyKey(''),
  'an id that steps up': everyKey('..'),
  'an id with slashes': everyKey('a/b c?d#e%'),
  'an id of half a character': everyKey('\uD800'),
  'a number as id': everyKey(7),
  'a long id': everyKey('x'.repeat(10_000)),
  'a member named __proto__': ({ status, body }) => ({
    status,
    body: body.replaceAll('"id":', '"__proto__":{"id":5},"id":'),
  }),
  'a member twice': ({ status, body }) => ({
    status,
    body: body.replaceAll('"id":', '"id":5,"data":null,"id":'),
  }),
  'error null': inError(null),
  'error an array': inError([]),
  'error a text': inError('text'),
  'an odd code': inError({ code: unprintable, message: unprintable }),
  'a code from Object': inError({ code: 'constructor', message: '__proto__' }),
  'error beside data': ({ status, body }) => ({
    status,
    body: body.replace(/^\{/, '{"error":[null],'),
  }),
  'status 204': whole('', 204),
  'status 299': ({ body }) => ({ status: 299, body }),
  'status 304': whole('', 304),
  'status 600': ({ body }) => ({ status: 600, body }),
  'status 999': ({ body }) => ({ status: 999, body }),
  'always 200': ({ body }) => ({ status: 200, body }),
  'always 201': ({ body }) => ({ status: 201, body }),
  'always 404': ({ body }) => ({ status: 404, body }),
  'always 500': ({ body }) => ({ status: 500, body }),
  'no headers': withHeaders({}),
  'odd headers': withHeaders({
    'x-ratelimit-limit': 'many',
    'x-ratelimit-remaining': '-1e9',
    'content-type': ';;;',
    date: 'never',
    'retry-after': 'later',
  }),
};

/** Applies a twist to the responses of one operation, or of all. */
export const twistAnswers =
  (twist: Twist, only?: OperationId): Fault =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    const response = await fetch(request);
    if (only !== undefined && operation !== only) return response;
    const { status, headers } = response;
    const body = await response.text();
    const odd = twist({ status, body }) ?? { status, body };
    return buildResponse(odd.body, { status: odd.status, headers: odd.headers ?? headers });
  };

const inEvent =
  (change: (event: Json) => unknown): ((body: string) => string) =>
  (body) =>
    JSON.stringify(change(JSON.parse(body) as Json));

/** Changes of the body of an event, by name. */
export const events: Readonly<Record<string, (body: string) => string>> = {
  'no body': () => '',
  null: () => 'null',
  'an array': (body) => `[${body}]`,
  'no JSON': (body) => `<${body}>`,
  'deep arrays': () => deep(100_000, '[', ']'),
  'data missing': inEvent(({ data: _, ...others }) => others),
  'data null': inEvent((event) => ({ ...event, data: null })),
  'data a text': inEvent((event) => ({ ...event, data: 'text' })),
  'data an array': inEvent((event) => ({ ...event, data: [event['data']] })),
  'members of objects': inEvent((event) => ({
    ...event,
    ...{ id: unprintable, type: unprintable, created_at: unprintable },
  })),
  'data of objects': inEvent((event) => ({
    ...event,
    data: Object.fromEntries(Object.keys(event['data'] as Json).map((name) => [name, unprintable])),
  })),
  'ids of objects': inEvent((event) => ({ ...event, id: unprintable })),
  'odd moments': inEvent((event) => ({ ...event, created_at: unprintable })),
  'odd members of data': inEvent((event) => {
    const data = event['data'] as Json;
    const odd = Object.entries(data).map(([name, own]) => [
      name,
      name === 'id' ? own : unprintable,
    ]);
    return { ...event, data: Object.fromEntries(odd) as Json };
  }),
};
