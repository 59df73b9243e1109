import { sign } from '../../../../reference-server/webhooks/signature.ts';
import type { SendByFetch } from '../../webhook-way.ts';
import type { Bent, Ground } from '../fault.ts';

type Deliver = NonNullable<Bent['deliver']>;

/** An attempt to deliver an event, in a form that is easily bent. */
export interface Attempt {
  url: string;
  readonly headers: Headers;
  body: string;
}

/** An event of the server, in a form that is easily bent. */
export interface LooseEvent {
  id: string;
  type: string;
  created_at: string;
  data: Record<string, unknown>;
}

/** Sends others in place of each attempt: none, one or several. The last answer counts. */
export const onAttempt =
  (bend: (attempt: Attempt) => readonly Attempt[] | Promise<readonly Attempt[]>): Deliver =>
  (send) =>
  async (input, init) => {
    const url = urlOf(input);
    const headers = new Headers(init?.headers);
    const body = typeof init?.body === 'string' ? init.body : '';
    let answer = new Response(null, { status: 204 });
    for (const one of await bend({ url, headers, body })) {
      answer = await send(one.url, { ...init, headers: one.headers, body: one.body });
    }
    return answer;
  };

/** Bends what events say; the signature is made anew, so that nothing but the content is wrong. */
export const onEvent = (
  ground: Ground,
  bend: (event: LooseEvent) => LooseEvent | undefined,
): Deliver =>
  onAttempt((attempt) => {
    const event = bend(eventIn(attempt));
    return event ? [signAnew(ground, { ...attempt, body: JSON.stringify(event) })] : [];
  });

export const eventIn = ({ body }: Attempt): LooseEvent => JSON.parse(body) as LooseEvent;

/** The same attempt, signed for what it says now. */
export const signAnew = (ground: Ground, attempt: Attempt): Attempt => {
  const headers = new Headers(attempt.headers);
  const [, moment] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
  const secret = secretOf(ground, attempt.url);
  headers.set(signatureHeader, sign(secret, Number(moment) * 1000, attempt.body));
  return { ...attempt, headers };
};

/** The secret of the endpoint with this URL. */
export const secretOf = ({ state }: Ground, url: string): string => {
  for (const { webhookEndpoints } of state.organizations.rows) {
    for (const endpoint of webhookEndpoints.rows) if (endpoint.url === url) return endpoint.secret;
  }
  throw new Error(`No endpoint has the URL ${url}.`);
};

export const signatureHeader = 'x-leadgrid-signature';

const urlOf = (input: Parameters<SendByFetch>[0]): string =>
  input instanceof Request ? input.url : input.toString();
