import type { IdForm } from './freedoms.ts';

/** New ids, and how those look that could have been given out. */
export interface Ids {
  /** Of everything whose id the documentation calls a uuid. */
  readonly uuid: () => string;
  /** Of a dossier or a note. */
  readonly loose: () => string;
  readonly looksLoose: (text: string) => boolean;
  readonly ulid: () => string;
  /** So many random hexadecimal digits. */
  readonly hex: (digits: number) => string;
}

export interface IdOptions {
  readonly form: IdForm;
  readonly upperCase: boolean;
  readonly now: () => number;
  readonly newUuid: () => string;
  readonly bytes: (count: number) => Uint8Array;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && uuidPattern.test(text);

const patterns: Readonly<Record<IdForm, RegExp>> = {
  uuid: uuidPattern,
  number: /^\d+$/,
  ulid: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
  nanoid: /^[\w-]{21}$/,
  mongo: /^[0-9a-f]{24}$/,
  prefixed: /^dos_[0-9a-z]{16}$/,
};

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const createIds = ({ form, upperCase, now, newUuid, bytes }: IdOptions): Ids => {
  let numbers = 0;
  const uuid = (): string => (upperCase ? newUuid().toUpperCase() : newUuid());
  const spell = (alphabet: string, length: number): string =>
    [...bytes(length)].map((byte) => alphabet[byte % 32] ?? '').join('');
  const hex = (digits: number): string => Buffer.from(bytes(digits / 2)).toString('hex');
  const ulid = (): string => spellMoment(now()) + spell(crockford, 16);
  const loose: Readonly<Record<IdForm, () => string>> = {
    uuid,
    ulid,
    number: () => String((numbers += 1)),
    nanoid: () => Buffer.from(bytes(16)).toString('base64url').slice(0, 21),
    mongo: () => hex(24),
    prefixed: () => `dos_${spell(crockford.toLowerCase(), 16)}`,
  };
  return { uuid, ulid, hex, loose: loose[form], looksLoose: (text) => patterns[form].test(text) };
};

const spellMoment = (milliseconds: number): string => {
  let rest = milliseconds;
  let text = '';
  for (let place = 0; place < 10; place += 1) {
    text = (crockford[rest % 32] ?? '') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};
