import { createHmac, type BinaryLike } from 'node:crypto';
import { onAttempt, secretOf, signatureHeader, type Attempt } from '../../bend/deliveries.ts';
import { fault, type Fault, type Ground } from '../../fault.ts';

type Named = readonly [id: string, breaks: Fault['breaks'], does: string];

/** What goes into a signature. */
interface Parts {
  readonly t: string;
  readonly body: string;
  readonly secret: string;
}

export const hmac = (secret: BinaryLike, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

/** A fault in how the signature is made; what is told of it is right in form. */
export const inDigest = (
  ...[id, breaks, does, digest]: [
    ...Named,
    (parts: Parts, attempt: Attempt, ground: Ground) => string | { t: string; v1: string },
  ]
): Fault =>
  fault(id, breaks, does, (ground) => ({
    deliver: onAttempt((attempt) => {
      const headers = new Headers(attempt.headers);
      const [, t = ''] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
      const secret = secretOf(ground, attempt.url);
      const made = digest({ t, body: attempt.body, secret }, attempt, ground);
      const signed = typeof made === 'string' ? { t, v1: made } : made;
      headers.set(signatureHeader, `t=${signed.t},v1=${signed.v1}`);
      return [{ ...attempt, headers }];
    }),
  }));
