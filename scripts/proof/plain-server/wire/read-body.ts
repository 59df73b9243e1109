import type { Body } from '../call.ts';
import type { Installation } from '../installation.ts';
import { invalid, Refusal, say, unforeseen } from '../refusal.ts';
import { readForm, type Form } from './form.ts';
import type { Route } from './routes.ts';
import { tooLarge } from './too-large.ts';

/** A request body as it came. */
export interface Sent {
  readonly raw: Buffer;
  readonly contentType: string;
}

/** What a body says. */
export interface ReadBody {
  readonly body: Body;
  readonly form?: Form;
}

const json = 'application/json';
const encoded = 'application/x-www-form-urlencoded';

/** @throws Refusal when the body isn't one that the operation takes */
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
  const message = say(installation, 'The media type is wrong.', 'Het mediatype is verkeerd.');
  return byStatus
    ? new Refusal(415, 'unsupported_media_type', message)
    : unforeseen(installation, 'the media type is wrong', 'wrong_media_type');
};

/** The media type that a body is read as. */
const mediaOf = (installation: Installation, { media }: Route, contentType: string): string => {
  const { choice } = installation;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (media.includes(type)) return type;
  const usual = media.includes(json) ? json : (media.at(-1) ?? json);
  if (type === '') {
    if (choice('LG-GEN-030') === 1) return usual;
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

/** Bytes of the largest body, usually and where the limit is another (LG-GEN-043). */
const limits = { usual: 1_048_576, other: 100_000 } as const;

const readJson = (installation: Installation, { method }: Route, raw: Buffer): Body => {
  const { takes, freedoms } = installation;
  const other = freedoms.bodyLimit ?? limits.other;
  const limit = takes('LG-GEN-043', 2) ? other : limits.usual;
  if (raw.length > limit) throw tooLarge(installation, 'LG-GEN-043');
  const value = parse(raw, !takes('LG-GEN-054', 1));
  if (value === undefined) throw invalid(installation, 'the body is no JSON');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  if (takes('LG-GEN-037', 1) && method === 'PATCH') return {};
  throw invalid(installation, 'the body is no object');
};

/** The value of a JSON text in UTF-8, or undefined if it is none. */
const parse = (raw: Buffer, fatal: boolean): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal }).decode(raw));
  } catch {
    return undefined;
  }
};
