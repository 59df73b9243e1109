import { createHash } from 'node:crypto';
import { eventIn, onAttempt, signatureHeader } from '../../bend/deliveries.ts';
import { fault, type Fault } from '../../fault.ts';
import { hmac, inDigest } from './in-digest.ts';

export const digest: readonly Fault[] = [
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
  fault('signatures/once-a-second', 'LG-SIG-003', 'signs once in a second', () => {
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
  fault(
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
