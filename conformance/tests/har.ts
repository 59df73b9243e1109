/**
 * HAR 1.2 as JSON Schema, after its specification: the required fields, and no unknown ones (custom
 * names begin with an underscore; this kit has none).
 */
const text = { type: 'string' };
const number = { type: 'number' };
/** -1 when it is unknown. */
const size = { type: 'integer', minimum: -1 };
const moment = { type: 'string', format: 'date-time' };

const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional, comment: text },
});

const list = (items: object) => ({ type: 'array', items });

const pair = object({ name: text, value: text });

const cookie = object(
  { name: text, value: text },
  {
    ...{ path: text, domain: text, expires: moment },
    ...{ httpOnly: { type: 'boolean' }, secure: { type: 'boolean' } },
  },
);

const message = {
  httpVersion: text,
  cookies: list(cookie),
  headers: list(pair),
  ...{ headersSize: size, bodySize: size },
};

const request = object(
  { method: text, url: { type: 'string', format: 'uri' }, ...message, queryString: list(pair) },
  { postData: object({ mimeType: text, params: list(pair), text }) },
);

const response = object({
  status: { type: 'integer' },
  statusText: text,
  ...message,
  content: object(
    { size: { type: 'integer', minimum: 0 }, mimeType: text },
    { compression: number, text, encoding: { const: 'base64' } },
  ),
  redirectURL: text,
});

const duration = { type: 'number', minimum: 0 };

const entry = object(
  {
    startedDateTime: moment,
    time: duration,
    ...{ request, response, cache: object({}) },
    timings: object({ send: duration, wait: duration, receive: duration }),
  },
  { pageref: text, serverIPAddress: text, connection: text },
);

const page = object({
  ...{ startedDateTime: moment, id: text, title: text },
  pageTimings: object({}, { onContentLoad: number, onLoad: number }),
});

const program = object({ name: text, version: text });

export const harSchema = object({
  log: object(
    { version: { const: '1.2' }, creator: program, entries: list(entry) },
    { browser: program, pages: list(page) },
  ),
});
