import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, for a TLS server. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Options {
  /** The names or IPv4 addresses that it is valid for. */
  readonly names: readonly string[];
  /** The subject; self-signed without an issuer. */
  readonly subject?: string;
  readonly issuer?: Identity & { readonly subject: string };
  /** In days from now. */
  readonly from?: number;
  readonly until?: number;
  /** Whether it may sign others. */
  readonly authority?: boolean;
}

/**
 * Makes a certificate (X.509 version 3, RFC 5280) with a new key on the curve P-256, valid from
 * yesterday until tomorrow by default.
 */
export const makeCertificate = (wish: Options): Identity => {
  const { names, subject = 'test', issuer, from = -1, until = 1, authority = false } = wish;
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const extensions = [
    sequence(oid(2, 5, 29, 17), octets(sequence(...names.map(nameOf)))),
    sequence(oid(2, 5, 29, 19), octets(authority ? sequence(element(0x01, 0xff)) : sequence())),
  ];
  const content = sequence(
    element(0xa0, integer(2)),
    integer(...[0x01, ...randomBytes(8)]),
    ecdsaWithSha256,
    commonName(issuer?.subject ?? subject),
    sequence(moment(from), moment(until)),
    commonName(subject),
    own.publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions)),
  );
  const signer: KeyObject | string = issuer?.key ?? own.privateKey;
  const signature = element(0x03, 0, sign('sha256', content, signer));
  const der = sequence(content, ecdsaWithSha256, signature);
  return { key, cert: pem(der) };
};

type Part = Uint8Array | number;

/** A DER element: its tag, its length, its content. */
const element = (tag: number, ...parts: readonly Part[]): Buffer => {
  const content = Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : part)),
  );
  const { length } = content;
  const long = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length];
  return Buffer.concat([Buffer.of(tag, ...(length < 0x80 ? [length] : long)), content]);
};

const sequence = (...parts: readonly Part[]): Buffer => element(0x30, ...parts);
const integer = (...bytes: readonly number[]): Buffer => element(0x02, ...bytes);
const octets = (content: Uint8Array): Buffer => element(0x04, content);

const oid = (first: number, second: number, ...rest: readonly number[]): Buffer =>
  element(0x06, 40 * first + second, ...rest.flatMap(inSevenBits));

const inSevenBits = (value: number): number[] => {
  const last = value & 0x7f;
  const before = value >> 7;
  return before === 0 ? [last] : [...inSevenBits(before).map((one) => one | 0x80), last];
};

const ecdsaWithSha256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));

const commonName = (text: string): Buffer =>
  sequence(element(0x31, sequence(oid(2, 5, 4, 3), element(0x0c, Buffer.from(text)))));

/** GeneralizedTime, `20260504083000Z`. */
const moment = (days: number): Buffer => {
  const text = new Date(Date.now() + days * 86_400_000).toISOString();
  return element(0x18, Buffer.from(`${text.slice(0, 19).replace(/[-T:]/g, '')}Z`));
};

const nameOf = (name: string): Buffer =>
  isIP(name) === 4
    ? element(0x87, Buffer.from(name.split('.').map(Number)))
    : element(0x82, Buffer.from(name));

const pem = (der: Buffer): string => {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
