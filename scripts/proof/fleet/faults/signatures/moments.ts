import type { Fault } from '../../fault.ts';
import { hmac, inDigest } from './in-digest.ts';

export const moments: readonly Fault[] = [
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
