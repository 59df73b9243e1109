import { createHmac } from 'node:crypto';
import type { Fault } from '../../fault.ts';
import { hmac, inDigest } from './in-digest.ts';

/** The same event, as another program writes it. */
const escapeSlashes = (json: string): string => json.replaceAll('/', '\\/');

const escapeLetters = (json: string): string =>
  json.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const bytes: readonly Fault[] = [
  inDigest(
    'signatures/other-slashes',
    'LG-SIG-006',
    'signs slashes with a stroke that it does not send',
    ({ t, body, secret }) => hmac(secret, `${t}.${escapeSlashes(body)}`),
  ),
  inDigest(
    'signatures/escaped-letters',
    'LG-SIG-006',
    'signs letters outside ASCII as they are escaped',
    ({ t, body, secret }) => hmac(secret, `${t}.${escapeLetters(body)}`),
  ),
  inDigest(
    'signatures/spaced-json',
    'LG-SIG-006',
    'signs the body with blanks that it does not send',
    ({ t, body, secret }) => hmac(secret, `${t}.${JSON.stringify(JSON.parse(body), undefined, 2)}`),
  ),
  inDigest(
    'signatures/latin-bytes',
    'LG-SIG-006',
    'signs the Latin-1 bytes of the text',
    ({ t, body, secret }) =>
      createHmac('sha256', secret)
        .update(Buffer.from(`${t}.${body}`, 'latin1'))
        .digest('hex'),
  ),
  inDigest(
    'signatures/emoji-lost',
    'LG-SIG-006',
    'signs a text without the characters of four bytes',
    ({ t, body, secret }) =>
      hmac(secret, `${t}.${body.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')}`),
  ),
  inDigest(
    'signatures/first-bytes',
    'LG-SIG-006',
    'signs the first 16 KB of a body',
    ({ t, body, secret }) => hmac(secret, `${t}.${body.slice(0, 16_384)}`),
  ),
];
