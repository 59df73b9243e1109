import { createHmac } from 'node:crypto';
import { fault, type Fault, type Ground } from '../fault.ts';
import { eventIn, secretOf, signatureHeader, type Attempt } from './deliveries.ts';

type Named = readonly [id: string, breaks: Fault['breaks'], does: string];

/** What else is sent to an endpoint: by POST, unless it says something else. */
export interface Further {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends each event rightly, and beside it another request to the same address. */
export const sendAlong = (
  ...[id, breaks, does, make, delay = 0]: [
    ...Named,
    (attempt: Attempt, secret: string) => Further,
    delay?: number,
  ]
): Fault =>
  fault(id, breaks, does, (ground) => ({
    deliver: (send) => async (input, init) => {
      const attempt = attemptOf(input, init);
      const further = make(attempt, secretIn(ground, attempt));
      const answer = await send(input, init);
      // Nobody waits for it, nor minds that the receiver is gone.
      setTimeout(() => {
        void send(attempt.url, { method: 'POST', ...further }).catch(() => undefined);
      }, delay);
      return answer;
    },
  }));

/** An event that nobody asked for, as right as any other but for what is bent in it. */
export const sendPing = (
  ...[id, breaks, does, { event = {}, sign = hmac, head = headOf }]: [
    ...Named,
    {
      readonly event?: Readonly<Record<string, unknown>>;
      readonly sign?: (secret: string, text: string) => string;
      readonly head?: (t: string, v1: string) => string | undefined;
    },
  ]
): Fault =>
  sendAlong(id, breaks, does, (attempt, secret) => {
    const { id: own, created_at } = eventIn(attempt);
    const ping = { id: `${own}p`, type: 'endpoint.ping', created_at, data: {} };
    const body = JSON.stringify({ ...ping, ...event });
    const [, t = ''] = /t=(\d+)/.exec(attempt.headers.get(signatureHeader) ?? '') ?? [];
    const header = head(t, sign(secret, `${t}.${body}`));
    const json = { 'content-type': 'application/json' };
    return { body, headers: header === undefined ? json : { ...json, [signatureHeader]: header } };
  });

/** Headers of a webhook request with this body, all of them right. */
export const signedJson = (
  secret: string,
  body: string | Uint8Array,
): Readonly<Record<string, string>> => {
  const t = String(Math.floor(Date.now() / 1000));
  const v1 = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
  return { 'content-type': 'application/json', [signatureHeader]: headOf(t, v1) };
};

const headOf = (t: string, v1: string): string => `t=${t},v1=${v1}`;

const hmac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

const attemptOf = (input: unknown, init: RequestInit | undefined): Attempt => ({
  url: input instanceof Request ? input.url : String(input),
  headers: new Headers(init?.headers),
  body: typeof init?.body === 'string' ? init.body : '{}',
});

const secretIn = (ground: Ground, { url }: Attempt): string => secretOf(ground, url);
