import { type BinaryLike, createHash, createHmac } from 'node:crypto';
import { type FaultyServer, faultyServer, type ServerInternals } from '../faulty-server.ts';
import {
  type DeliveryAttempt,
  eventIn,
  onAttempt,
  secretOf,
  sendExtraRequest,
  sendUnknownEvent,
  signatureHeader,
} from '../inject/deliveries.ts';

type HeaderFaultLabel = readonly [id: string, breaks: FaultyServer['breaks'], does: string];

/** A fault in the signature header; `inject` returns undefined for no header. */
const inHeader = (
  ...[id, breaks, does, inject]: [
    ...HeaderFaultLabel,
    (value: string, type: string) => string | undefined,
  ]
): FaultyServer =>
  faultyServer(id, breaks, does, () => ({
    deliver: onAttempt((attempt) => {
      const headers = new Headers(attempt.headers);
      const value = inject(headers.get(signatureHeader) ?? '', eventIn(attempt).type);
      if (value === undefined) headers.delete(signatureHeader);
      else headers.set(signatureHeader, value);
      return [{ ...attempt, headers }];
    }),
  }));

export const signatureHeaderFaults: readonly FaultyServer[] = [
  inHeader('signatures/none', 'LG-SIG-001', 'signs nothing', () => undefined),
  inHeader('signatures/none-for-notes', 'LG-SIG-001', 'signs no events of notes', (value, type) =>
    type === 'note.created' ? undefined : value,
  ),
  inHeader('signatures/spaced', 'LG-SIG-002', 'puts a blank between the parts', (value) =>
    value.replace(',', ', '),
  ),
  inHeader('signatures/semicolons', 'LG-SIG-002', 'puts a semicolon between the parts', (value) =>
    value.replace(',', ';'),
  ),
  inHeader('signatures/version-in-value', 'LG-SIG-002', 'names the parts otherwise', (value) =>
    value.replace('t=', 'ts=').replace('v1=', 'sha256='),
  ),
  inHeader('signatures/capitals', 'LG-SIG-005', 'writes the signature in capitals', (value) =>
    value.replace(/v1=(.*)/, (_, digits: string) => `v1=${digits.toUpperCase()}`),
  ),
  inHeader('signatures/base64', 'LG-SIG-005', 'writes the signature in Base64', (value) =>
    value.replace(
      /v1=(.*)/,
      (_, digits: string) => `v1=${Buffer.from(digits, 'hex').toString('base64url')}`,
    ),
  ),
  inHeader(
    'signatures/zeros-lost',
    'LG-SIG-005',
    'writes a byte below sixteen with one digit',
    (value) =>
      value.replace(
        /v1=(.*)/,
        (_, digits: string) => `v1=${digits.replaceAll(/0(.)(?=(..)*$)/g, '$1')}`,
      ),
  ),
];

/** A fault in the computation of the signature; the header has the right form. */
const inDigest = (
  ...[id, breaks, does, digest]: [
    ...DigestFaultLabel,
    (
      parts: SignedParts,
      attempt: DeliveryAttempt,
      internals: ServerInternals,
    ) => string | { t: string; v1: string },
  ]
): FaultyServer =>
  faultyServer(id, breaks, does, (internals) => ({
    deliver: onAttempt((attempt) => {
      const headers = new Headers(attempt.headers);
      const [, t = ''] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
      const secret = secretOf(internals, attempt.url);
      const made = digest({ t, body: attempt.body, secret }, attempt, internals);
      const signed = typeof made === 'string' ? { t, v1: made } : made;
      headers.set(signatureHeader, `t=${signed.t},v1=${signed.v1}`);
      return [{ ...attempt, headers }];
    }),
  }));

export const digestFaults: readonly FaultyServer[] = [
  inDigest(
    'signatures/body-alone',
    'LG-SIG-003',
    'signs the body without the timestamp',
    ({ body, secret }) => hmac(secret, body),
  ),
  inDigest(
    'signatures/another-moment',
    'LG-SIG-003',
    'tells a second more than it has signed',
    ({ t, body, secret }) => ({
      t: String(Number(t) + 1),
      v1: hmac(secret, `${t}.${body}`),
    }),
  ),
  inDigest(
    'signatures/plain-hash',
    'LG-SIG-003',
    'hashes the secret before the text',
    ({ t, body, secret }) => createHash('sha256').update(`${secret}${t}.${body}`).digest('hex'),
  ),
  inDigest(
    'signatures/data-alone',
    'LG-SIG-003',
    'signs the data of new notes alone',
    ({ t, body, secret }, attempt) => {
      const { type, data } = eventIn(attempt);
      return hmac(secret, `${t}.${type === 'note.created' ? JSON.stringify(data) : body}`);
    },
  ),
  faultyServer('signatures/once-a-second', 'LG-SIG-003', 'signs once in a second', () => {
    const known = new Map<string, string>();
    return {
      deliver: onAttempt((attempt) => {
        const headers = new Headers(attempt.headers);
        const own = headers.get(signatureHeader) ?? '';
        const key = `${attempt.url} ${own.split(',')[0] ?? ''}`;
        const signature = known.get(key) ?? own;
        known.set(key, signature);
        headers.set(signatureHeader, signature);
        return [{ ...attempt, headers }];
      }),
    };
  }),
  faultyServer(
    'signatures/once-for-all-attempts',
    'LG-SIG-003',
    'tells the moment of each attempt, and signs that of the first',
    () => {
      const first = new Map<string, string>();
      return {
        deliver: onAttempt((attempt) => {
          const headers = new Headers(attempt.headers);
          const own = headers.get(signatureHeader) ?? '';
          const key = `${attempt.url} ${eventIn(attempt).id}`;
          const [, v1 = ''] = /v1=(\w+)/.exec(first.get(key) ?? own) ?? [];
          first.set(key, `v1=${v1}`);
          headers.set(signatureHeader, own.replace(/v1=\w+/, `v1=${v1}`));
          return [{ ...attempt, headers }];
        }),
      };
    },
  ),
  inDigest(
    'signatures/decoded-secret',
    'LG-SIG-004',
    'decodes the secret before it signs',
    ({ t, body, secret }) => hmac(Buffer.from(secret, 'base64'), `${t}.${body}`),
  ),
  inDigest(
    'signatures/trimmed-secret',
    'LG-SIG-004',
    'signs with what follows the prefix of the secret',
    ({ t, body, secret }) => hmac(secret.slice(secret.indexOf('_') + 1), `${t}.${body}`),
  ),
  inDigest(
    'signatures/secret-of-the-first',
    'LG-SIG-004',
    'signs for all endpoints of an organisation with the secret of the first',
    ({ t, body, secret }, { url }, { state }) => {
      const rows = [...state.organizations.rows].map((one) => [...one.webhookEndpoints.rows]);
      const own = rows.find((endpoints) => endpoints.some((one) => one.url === url));
      return hmac(own?.[0]?.secret ?? secret, `${t}.${body}`);
    },
  ),
  inDigest(
    'signatures/secret-of-another-organisation',
    'LG-SIG-004',
    'keeps the first secret that it has signed with',
    ({ t, body, secret }, _, { state }) => {
      const [first] = [...state.organizations.rows].flatMap((one) => [
        ...one.webhookEndpoints.rows,
      ]);
      return hmac(first?.secret ?? secret, `${t}.${body}`);
    },
  ),
];

type DigestFaultLabel = readonly [id: string, breaks: FaultyServer['breaks'], does: string];

/** The parts that a signature is computed from. */
interface SignedParts {
  readonly t: string;
  readonly body: string;
  readonly secret: string;
}

const hmac = (secret: BinaryLike, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

/** The same JSON with escaped slashes. */
const escapeSlashes = (json: string): string => json.replaceAll('/', '\\/');

const escapeLetters = (json: string): string =>
  json.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const signedBytesFaults: readonly FaultyServer[] = [
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

export const signedTimestampFaults: readonly FaultyServer[] = [
  inDigest(
    'signatures/milliseconds',
    'LG-SIG-008',
    'tells and signs milliseconds',
    ({ t, body, secret }) => ({
      t: `${t}000`,
      v1: hmac(secret, `${t}000.${body}`),
    }),
  ),
  inDigest(
    'signatures/fraction',
    'LG-SIG-008',
    'tells and signs a fraction of the second',
    ({ t, body, secret }) => ({
      t: `${t}.125`,
      v1: hmac(secret, `${t}.125.${body}`),
    }),
  ),
  inDigest(
    'signatures/iso-moment',
    'LG-SIG-008',
    'tells and signs a moment in words',
    ({ t, body, secret }) => {
      const moment = new Date(Number(t) * 1000).toISOString();
      return { t: moment, v1: hmac(secret, `${moment}.${body}`) };
    },
  ),
];

/** Correctly signed events, each followed by a request without a correct signature. */
export const unsignedExtraFaults: readonly FaultyServer[] = [
  sendExtraRequest(
    'signatures/nothing-along',
    'LG-SIG-001',
    'sends an empty body without a signature beside each event',
    () => ({ headers: { 'content-type': 'application/json' } }),
  ),
  sendUnknownEvent('signatures/pings-unsigned', 'LG-SIG-001', 'sends pings without a signature', {
    head: () => undefined,
  }),
  sendUnknownEvent(
    'signatures/pings-versioned',
    'LG-SIG-002',
    'names the parts of pings otherwise',
    {
      head: (t, v1) => `t=${t},sha256=${v1}`,
    },
  ),
  sendUnknownEvent(
    'signatures/pings-body-alone',
    'LG-SIG-003',
    'signs pings without the timestamp',
    {
      sign: (secret, text) =>
        createHmac('sha256', secret)
          .update(text.slice(text.indexOf('.') + 1))
          .digest('hex'),
    },
  ),
  sendUnknownEvent('signatures/pings-of-others', 'LG-SIG-004', 'signs pings with another secret', {
    sign: (_, text) => createHmac('sha256', 'whsec_of_somebody_else').update(text).digest('hex'),
  }),
  sendUnknownEvent('signatures/pings-in-capitals', 'LG-SIG-005', 'signs pings in capitals', {
    head: (t, v1) => `t=${t},v1=${v1.toUpperCase()}`,
  }),
  sendUnknownEvent(
    'signatures/pings-in-milliseconds',
    'LG-SIG-008',
    'signs pings in milliseconds',
    {
      sign: (secret, text) =>
        createHmac('sha256', secret).update(text.replace('.', '000.')).digest('hex'),
      head: (t, v1) => `t=${t}000,v1=${v1}`,
    },
  ),
];
