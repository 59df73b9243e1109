import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, onError, onResponse } from '../../../conformance/faults/inject.ts';
import type { HttpResponse } from '../../../reference-server/runtime/http-client.ts';
import { createClock } from '../../../reference-server/runtime/services.ts';
import type { State } from '../../../reference-server/state/state.ts';
import { sign } from '../../../reference-server/webhooks/signature.ts';
import { type Variant, wrappedVariant, type Wrapping } from './variant.ts';

const noPromise = 'When, how often and in what order events arrive is not promised.';
const notExhaustive = 'The examples show what is there, and not that nothing else is.';

const onWire = (wire: Fault) => (): Wrapping => ({ wire });

/** Creates delays below `max` milliseconds that vary from call to call. */
const createJitter = (max: number) => {
  let count = 0;
  return (): number => {
    count += 1;
    return (count * 37) % max;
  };
};

const withLatency = (): Wrapping => {
  const jitter = createJitter(20);
  return {
    wire: (fetch) => async (request, signal) => {
      await sleep(jitter());
      const response = await fetch(request, signal);
      await sleep(jitter());
      return response;
    },
  };
};

const withExtraFields = onResponse('all', (answer) => {
  const body = answer.body as Record<string, unknown>;
  for (const record of [body['data'] ?? []].flat() as Record<string, unknown>[]) {
    record['tags'] = [{ name: 'new', id: 7 }];
    record['updated_by'] = null;
  }
  body['request'] = { id: 'req_1', milliseconds: 0.5 };
});

const withHeaders = onResponse('all', ({ headers }) => {
  headers.set('Cache-Control', 'no-store');
  headers.set('X-Request-Id', 'req_1');
  headers.set('RateLimit-Policy', '"default";q=600;w=60');
  headers.append('Set-Cookie', 'lb=1; Path=/');
});

const inFrench = onError((error) => {
  error['message'] = 'Cette demande ne peut pas être traitée.';
});

/** Time-ordered UUIDs, of version 7. */
const withOrderedIds = (): Wrapping => ({
  services: (own) => ({
    ...own,
    newId: () => {
      const time = own.clock.now().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
    },
  }),
});

const withClockAhead = (): Wrapping => ({
  services: (own) => ({ ...own, clock: createClock(() => Date.now() + 3_600_000) }),
});

/** Ignores the responses of receivers, and delivers events in any order. */
const withoutOrder = (): Wrapping => {
  const jitter = createJitter(300);
  return onDelivery((delivery, send) => {
    void sleep(jitter())
      .then(() => send(delivery))
      .then(closeConnection)
      .catch(() => undefined);
    return Promise.resolve(accepted);
  })();
};

const signatureHeader = 'X-LeadGrid-Signature';

/** Changes deliveries between the server and the receivers. */
const onDelivery =
  (
    dispatch: (delivery: OutgoingDelivery, send: SendDelivery) => Promise<HttpResponse>,
  ): (() => Wrapping) =>
  () => ({
    services: (own, state) => ({
      ...own,
      send: (request, options) => {
        const { url, body: text } = request;
        const event = JSON.parse(text as string) as Record<string, unknown>;
        return dispatch({ url, headers: new Headers(request.headers), event }, (delivery) => {
          const body = JSON.stringify(delivery.event);
          const headers = body === text ? delivery.headers : signAgain(delivery, body, state);
          const changed = { ...request, url: delivery.url, body };
          // A late delivery must not be stopped by the signal of its attempt.
          const { signal } = new AbortController();
          return own.send(
            { ...changed, headers: Object.fromEntries(headers) },
            { ...options, signal },
          );
        });
      },
    }),
  });

/** The headers with a new signature of this body, with the same timestamp. */
const signAgain = ({ url, headers }: OutgoingDelivery, body: string, state: State): Headers => {
  const signed = new Headers(headers);
  const [, moment] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
  signed.set(signatureHeader, sign(secretOf(state, url), Number(moment) * 1000, body));
  return signed;
};

const secretOf = ({ organizations }: State, url: string): string => {
  for (const { webhookEndpoints } of organizations.rows) {
    for (const endpoint of webhookEndpoints.rows) if (endpoint.url === url) return endpoint.secret;
  }
  throw new Error(`No endpoint has the URL ${url}.`);
};

const withRepetition = onDelivery(async (delivery, send) => {
  await closeConnection(await send(delivery));
  return send(delivery);
});

const withOtherEvents = onDelivery(async (delivery, send) => {
  const { event } = delivery;
  const data = { id: randomUUID(), full_name: 'Noor Bakker' };
  const other = { ...event, id: `evt_${randomUUID()}`, type: 'contact.touched', data };
  await send({ ...delivery, event: other })
    .then(closeConnection)
    .catch(() => undefined);
  return send(delivery);
});

const withPings = onDelivery(async (delivery, send) => {
  const ping = { id: `evt_${randomUUID()}`, type: 'endpoint.ping', data: {} };
  await send({ ...delivery, event: { ...delivery.event, ...ping } })
    .then(closeConnection)
    .catch(() => undefined);
  return send(delivery);
});

const withRicherEvents = onDelivery((delivery, send) => {
  const data = { ...(delivery.event['data'] as object), tags: [], updated_by: null };
  const event = { version: 2, data, organization: { plan: 'growth' }, ...delivery.event };
  delivery.headers.set('X-LeadGrid-Event', String(event['type' as never]));
  return send({ ...delivery, event: { ...event, data } });
});

const withRicherSignature = onDelivery((delivery, send) => {
  rewriteSignature(delivery, (parts) => [...[...parts].reverse(), 'v0=6ffbb59b']);
  return send(delivery);
});

/** The response of a receiver that isn't waited for. */
const accepted: HttpResponse = {
  status: 202,
  headers: {},
  readBody: () => Promise.resolve({ bytes: Buffer.alloc(0), end: 'whole' }),
};

/** Closes the connection of a response that isn't used. */
const closeConnection = async ({ readBody }: HttpResponse): Promise<void> => {
  await readBody({ bytes: 0, timeout: 0, stop: new AbortController().signal });
};

/** Rewrites the signature header from its parts. */
const rewriteSignature = (
  { headers }: OutgoingDelivery,
  rewrite: (parts: readonly string[]) => readonly string[],
): void => {
  const parts = (headers.get(signatureHeader) ?? '').split(',');
  headers.set(signatureHeader, rewrite(parts).join(','));
};

/** Variants that wrap the reference server. */
export const wrappedVariants: readonly Variant[] = [
  wrappedVariant(
    [
      'latency',
      'Requests and answers overtake one another.',
      'Nothing is said of how fast answers come.',
    ],
    withLatency,
  ),
  wrappedVariant(
    ['members', 'Answers have further members.', notExhaustive],
    onWire(withExtraFields),
    ['LG-GEN-006'],
  ),
  wrappedVariant(['headers', 'Answers have further headers.', notExhaustive], onWire(withHeaders)),
  wrappedVariant(
    ['french-messages', 'Messages are in French, and all alike.', 'A message has to be readable.'],
    onWire(inFrench),
  ),
  wrappedVariant(
    ['ordered-ids', 'Ids are UUIDs of version 7.', 'Any UUID is a uuid.'],
    withOrderedIds,
    ['LG-GEN-046'],
  ),
  wrappedVariant(
    [
      'clock-ahead',
      "The server's clock is an hour ahead.",
      'The documentation does not say whose clock counts.',
    ],
    withClockAhead,
    ['LG-GEN-010'],
  ),
  wrappedVariant(
    ['unordered-deliveries', 'Events overtake one another, and are sent once only.', noPromise],
    withoutOrder,
    ['LG-WEB-039'],
  ),
  wrappedVariant(['repeated-deliveries', 'Each event is sent twice.', noPromise], withRepetition),
  wrappedVariant(
    ['other-events', 'Events of another type come between.', notExhaustive],
    withOtherEvents,
  ),
  wrappedVariant(
    ['pings', 'Signed pings come between, which are about nothing.', notExhaustive],
    withPings,
  ),
  wrappedVariant(
    ['richer-events', 'Events have further members.', notExhaustive],
    withRicherEvents,
  ),
  wrappedVariant(
    [
      'richer-signature',
      'The signature has a further part, and its parts the other way round.',
      notExhaustive,
    ],
    withRicherSignature,
    ['LG-SIG-010'],
  ),
];

/** A delivery whose parts can be changed before it is sent. */
export interface OutgoingDelivery {
  readonly url: string;
  readonly headers: Headers;
  readonly event: Record<string, unknown>;
}

type SendDelivery = (delivery: OutgoingDelivery) => Promise<HttpResponse>;
