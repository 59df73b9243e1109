import type { Body, Form, FormFile } from '../core/call.ts';
import type { Installation } from '../core/installation.ts';
import {
  invalid,
  Refusal,
  formatMessage,
  tooLarge,
  undocumentedRefusal,
} from '../core/refusals.ts';
import type { Route } from './routes.ts';

/** A request body as received. */
export interface Sent {
  readonly raw: Buffer;
  readonly contentType: string;
}

/** A parsed body. */
export interface ReadBody {
  readonly body: Body;
  readonly form?: Form;
}

const json = 'application/json';
const encoded = 'application/x-www-form-urlencoded';

/** @throws Refusal if the operation doesn't accept the body */
export const readBody = (installation: Installation, route: Route, sent: Sent): ReadBody => {
  if (route.media.length === 0) return { body: {} };
  const { takes } = installation;
  const { raw, contentType } = sent;
  const absent = raw.length === 0 && contentType === '';
  if (absent && route.method === 'PATCH' && takes('LG-GEN-038', 1)) return { body: {} };
  const type = mediaOf(installation, route, contentType);
  if (type === 'multipart/form-data') {
    return { body: {}, form: readForm(installation, raw, contentType) };
  }
  if (type === encoded) return { body: Object.fromEntries(new URLSearchParams(raw.toString())) };
  if (type !== json) return { body: {} };
  if (contentType.includes(';')) checkParameters(installation);
  return { body: readJson(installation, route, raw) };
};

const unsupported = (installation: Installation, byStatus: boolean): Refusal => {
  const message = formatMessage(
    installation,
    'The media type is wrong.',
    'Het mediatype is verkeerd.',
  );
  return byStatus
    ? new Refusal(415, 'unsupported_media_type', message)
    : undocumentedRefusal(installation, 'the media type is wrong', 'wrong_media_type');
};

/** The media type that a body is read as. */
const mediaOf = (installation: Installation, { media }: Route, contentType: string): string => {
  const { choice } = installation;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (media.includes(type)) return type;
  const defaultType = media.includes(json) ? json : (media.at(-1) ?? json);
  if (type === '') {
    if (choice('LG-GEN-030') === 1) return defaultType;
    throw unsupported(installation, choice('LG-GEN-030') === 2);
  }
  if (choice('LG-GEN-029') === 2 && media.includes(json)) return json;
  if (choice('LG-GEN-029') === 3 && type === encoded && media.includes(json)) return encoded;
  throw unsupported(installation, choice('LG-GEN-029') === 1);
};

const checkParameters = (installation: Installation): void => {
  const choice = installation.choice('LG-GEN-031');
  if (choice > 0) throw unsupported(installation, choice === 2);
};

/** The maximum size of a JSON body in bytes: the default, and another limit (LG-GEN-043). */
const jsonLimits = { default: 1_048_576, other: 100_000 } as const;

const readJson = (installation: Installation, { method }: Route, raw: Buffer): Body => {
  const { takes, variations } = installation;
  const other = variations.bodyLimit ?? jsonLimits.other;
  const limit = takes('LG-GEN-043', 2) ? other : jsonLimits.default;
  if (raw.length > limit) throw tooLarge(installation, 'LG-GEN-043');
  const value = parse(raw, !takes('LG-GEN-054', 1));
  if (value === undefined) throw invalid(installation, 'the body is not JSON');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  if (takes('LG-GEN-037', 1) && method === 'PATCH') return {};
  throw invalid(installation, 'the body is not an object');
};

/** The value of a JSON text in UTF-8; undefined if it is invalid. `fatal` refuses invalid UTF-8. */
const parse = (raw: Buffer, fatal: boolean): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal }).decode(raw));
  } catch {
    return undefined;
  }
};

const emptyLine = '\r\n\r\n';

/** @throws Refusal if the form is malformed, or a text in it too large */
const readForm = (installation: Installation, raw: Buffer, contentType: string): Form => {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw invalid(installation, 'the form has no boundary');
  const delimiter = Buffer.from(`--${boundary}`);
  const end = Buffer.concat([Buffer.from('\r\n'), delimiter]);
  const malformed = () => invalid(installation, 'the form is malformed');
  const fields: [string, string][] = [];
  const files: FormFile[] = [];
  let at = raw.indexOf(delimiter);
  if (at < 0) throw malformed();
  for (;;) {
    const from = at + delimiter.length;
    if (raw.subarray(from, from + 2).toString() === '--') return { fields, files };
    const partHeadersEnd = raw.indexOf(emptyLine, from);
    const next = partHeadersEnd < 0 ? -1 : raw.indexOf(end, partHeadersEnd);
    if (next < 0) {
      if (installation.takes('LG-CV-031', 1) && fields.length > 0) return { fields, files };
      throw malformed();
    }
    const partHeaders = raw.subarray(from, partHeadersEnd).toString('utf8');
    const bytes = Buffer.from(raw.subarray(partHeadersEnd + emptyLine.length, next));
    const name = /[; ]name="([^"]*)"/i.exec(partHeaders)?.[1];
    if (name === undefined) throw malformed();
    if (/filename="/i.test(partHeaders)) files.push({ name, type: typeIn(partHeaders), bytes });
    else fields.push([name, textIn(installation, bytes)]);
    at = next + 2;
  }
};

/** The maximum size of a text in a form in bytes: the default, and another limit (LG-CV-032). */
const formLimits = { default: 1_048_576, other: 100_000 } as const;

const textIn = (installation: Installation, bytes: Buffer): string => {
  const limit = installation.takes('LG-CV-032', 1) ? formLimits.other : formLimits.default;
  if (bytes.length > limit) throw tooLarge(installation, 'LG-CV-032');
  return bytes.toString('utf8');
};

const typeIn = (partHeaders: string): string =>
  /content-type:\s*([^\r\n;]+)/i.exec(partHeaders)?.[1]?.trim().toLowerCase() ?? '';
