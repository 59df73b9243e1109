import { describe, expect, it } from 'vitest';
import { createMask } from '../runtime/request-log.ts';

const key = 'lg_live_3kq9VnT2-Xw8_bM5';
const secret = 'whsec_9fQ2mXc7LrT4-vB8';
const token = 'open sesame?';
const mask = createMask({ prefixes: ['lg_live_', 'whsec_'], words: ['open-sesame', 'x'] });

/** Ways to write each letter of a text. */
const spellings: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'in small letters': (text) => text.toLowerCase(),
  'percent-encoded': (text) => encode(text),
  'percent-encoded in small digits': (text) => encode(text).toLowerCase(),
  'in capitals and percent-encoded': (text) => encode(text.toUpperCase()),
  'encoded twice': (text) => encode(encode(text)),
  'encoded three times': (text) => encode(encode(encode(text))),
  'encoded twice as clients do it': (text) => encodeURIComponent(encode(text)),
  'encoded five times as clients do it': (text) =>
    [1, 2, 3, 4].reduce((once) => encodeURIComponent(once), encode(text)),
  'encoded in every other letter': (text) =>
    Array.from(text, (sign, at) => (at % 2 ? encode(sign) : sign)).join(''),
  'encoded in its prefix alone': (text) => encode(text.slice(0, 6)) + text.slice(6),
  'encoded after its prefix alone': (text) => text.slice(0, 8) + encode(text.slice(8)),
};

const encode = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** A line that is decoded as often as possible. */
const decode = (line: string): string => {
  const once = line.replace(/%([\da-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return once === line ? line : decode(once);
};

describe('A mask', () => {
  const sampleIds: ((text: string) => string)[] = [
    (text) => `/api/v1/dossiers?key=${text}&page=1`,
    (text) => `/api/v1/dossiers?page=1&${text}`,
    (text) => `/api/v1/${text}/dossiers`,
    (text) => `/api/v1/dossiers/${text}`,
    (text) => `/api/v1/dossiers?auth=Bearer%20${text}#end`,
    (text) => `/api/v1/dossiers?auth=Bearer+${text}`,
    (text) => `/api/v1/dossiers?filter=%7B%22key%22%3A%22${text}%22%7D`,
    (text) => `http://${text}@127.0.0.1/api/v1/dossiers?page=1`,
    (text) => `/api/v1/dossiers?page=1&keys=${text},${text}`,
    (text) => `/api/v1/dossiers?search=%E2%82%AC${text}%zz`,
  ];

  it.each(Object.entries(spellings))('hides a secret in the spelling: %s', (_, spell) => {
    for (const [hidden, tail] of [
      [key, '3kq9vnt2'],
      [secret, '9fq2mxc7'],
      ['open-sesame', 'sesame'],
    ] as const) {
      for (const place of sampleIds) {
        const line = mask(place(spell(hidden)));
        expect(decode(line).toLowerCase(), line).not.toContain(tail);
        expect(line, place(hidden)).toContain('…');
      }
    }
  });

  it('leaves everything else unchanged', () => {
    for (const line of [
      '/api/v1/dossiers?type=sales&per_page=3',
      '/api/v1/contacts?search=M%C3%BCller%20%26%20Zn&kind=client',
      '/api/v1/contacts?search=100%25+%zz%&q=%',
      '/api/v1/contacts/92276658-1e27-41c0-8a6a-63ec24ede6a4',
      '/lg_live/whsec?x1=ax&xx=yx',
    ]) {
      expect(mask(line)).toBe(line);
    }
    expect(mask(`/a%20b?k=${encode(key)}&c=%C3%A9`)).toBe('/a%20b?k=lg_live_…&c=%C3%A9');
  });

  it('hides every value of a parameter that is named like a secret', () => {
    for (const name of [
      ...['key', 'api_key', 'apiKey', 'api-key', 'token', 'access_token', 'Authorization', 'auth'],
      ...['secret', 'client_secret', 'password', '%6Bey', 'x-api-key', 'webhook_secret'],
    ]) {
      expect(mask(`/dossiers?${name}=3kq9VnT2Xw8&page=2`)).toBe(`/dossiers?${name}=…&page=2`);
    }
    for (const name of ['keyword', 'author', 'monkey', 'page']) {
      expect(mask(`/dossiers?${name}=abc`)).toBe(`/dossiers?${name}=abc`);
    }
  });

  it('hides a short word where it stands alone', () => {
    expect(mask('/clock?t=x&x=2&text=xy')).toBe('/clock?t=…&…=2&text=xy');
    expect(mask('/clock/X')).toBe('/clock/…');
  });

  it('treats words literally', () => {
    const odd = createMask({ prefixes: [], words: [token, 'a.*b(c[', '$&$1!!!!'] });
    expect(odd(`/a?t=${encodeURIComponent(token)}`)).toBe('/a?t=…');
    expect(odd('/a/open%20sesame%3f')).toBe('/a/…');
    expect(odd('/a/a.*b(c[')).toBe('/a/…');
    expect(odd('/a/aXXb(c[')).toBe('/a/aXXb(c[');
    expect(odd('/a/$&$1!!!!')).toBe('/a/…');
  });

  it('masks a long line fast in every encoding', () => {
    for (const line of ['%25'.repeat(10_000), '%'.repeat(30_000), '?key_'.repeat(6_000)]) {
      const began = performance.now();
      mask(`/?${line}`);
      mask(`/?${'lg_live_'.repeat(2_000)}${line}`);
      expect(performance.now() - began).toBeLessThan(1000);
    }
  });
});
