import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { onAnswer, onError } from '../../../../conformance/liars/answers.ts';
import type { Liar } from '../../../../conformance/rule.ts';
import { createClock } from '../../../../reference-server/services.ts';
import type { Dress, Variant } from '../variant.ts';
import { accepted, hangUp, onDispatch, rewriteSignature } from './dispatch.ts';
import { dressed } from './freedom.ts';

const noPromise = 'When, how often and in what order events arrive is not promised.';
const notExhaustive = 'The examples show what is there, and not that nothing else is.';

const onWire = (wire: Liar) => (): Dress => ({ wire });

/** Up to so many milliseconds, the next one less than the one before more often than not. */
const createJitter = (most: number) => {
  let count = 0;
  return (): number => {
    count += 1;
    return (count * 37) % most;
  };
};

const withLatency = (): Dress => {
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

const withMembers = onAnswer('all', (answer) => {
  const body = answer.body as Record<string, unknown>;
  for (const record of [body['data'] ?? []].flat() as Record<string, unknown>[]) {
    record['tags'] = [{ name: 'new', id: 7 }];
    record['updated_by'] = null;
  }
  body['request'] = { id: 'req_1', milliseconds: 0.5 };
});

const withHeaders = onAnswer('all', ({ headers }) => {
  headers.set('Cache-Control', 'no-store');
  headers.set('X-Request-Id', 'req_1');
  headers.set('RateLimit-Policy', '"default";q=600;w=60');
  headers.append('Set-Cookie', 'lb=1; Path=/');
});

const inFrench = onError((error) => {
  error['message'] = 'Cette demande ne peut pas être traitée.';
});

/** Time-ordered ids, of version 7. */
const withOrderedIds = (): Dress => ({
  services: (own) => ({
    ...own,
    newId: () => {
      const time = own.clock.now().toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
    },
  }),
});

const withClockAhead = (): Dress => ({
  services: (own) => ({ ...own, clock: createClock(() => Date.now() + 3_600_000) }),
});

/** Takes no notice of what a receiver answers, and lets one event overtake another. */
const withoutOrder = (): Dress => {
  const jitter = createJitter(300);
  return onDispatch((parcel, send) => {
    void sleep(jitter())
      .then(() => send(parcel))
      .then(hangUp)
      .catch(() => undefined);
    return Promise.resolve(accepted);
  })();
};

const withRepetition = onDispatch(async (parcel, send) => {
  await hangUp(await send(parcel));
  return send(parcel);
});

const withOtherEvents = onDispatch(async (parcel, send) => {
  const { event } = parcel;
  const data = { id: randomUUID(), full_name: 'Noor Bakker' };
  const other = { ...event, id: `evt_${randomUUID()}`, type: 'contact.touched', data };
  await send({ ...parcel, event: other })
    .then(hangUp)
    .catch(() => undefined);
  return send(parcel);
});

const withPings = onDispatch(async (parcel, send) => {
  const ping = { id: `evt_${randomUUID()}`, type: 'endpoint.ping', data: {} };
  await send({ ...parcel, event: { ...parcel.event, ...ping } })
    .then(hangUp)
    .catch(() => undefined);
  return send(parcel);
});

const withRicherEvents = onDispatch((parcel, send) => {
  const data = { ...(parcel.event['data'] as object), tags: [], updated_by: null };
  const event = { version: 2, data, organization: { plan: 'growth' }, ...parcel.event };
  parcel.headers.set('X-LeadGrid-Event', String(event['type' as never]));
  return send({ ...parcel, event: { ...event, data } });
});

const withRicherSignature = onDispatch((parcel, send) => {
  rewriteSignature(parcel, (parts) => [...[...parts].reverse(), 'v0=6ffbb59b']);
  return send(parcel);
});

/** The reference server itself, in another dress. */
export const dresses: readonly Variant[] = [
  dressed(
    [
      'latency',
      'Requests and answers overtake one another.',
      'Nothing is said of how fast answers come.',
    ],
    withLatency,
  ),
  dressed(['members', 'Answers have further members.', notExhaustive], onWire(withMembers), [
    'LG-GEN-006',
  ]),
  dressed(['headers', 'Answers have further headers.', notExhaustive], onWire(withHeaders)),
  dressed(
    ['french-messages', 'Messages are in French, and all alike.', 'A message has to be readable.'],
    onWire(inFrench),
  ),
  dressed(['ordered-ids', 'Ids are UUIDs of version 7.', 'Any UUID is a uuid.'], withOrderedIds, [
    'LG-GEN-046',
  ]),
  dressed(
    ['clock-ahead', "The server's clock is an hour ahead.", 'Whose clock counts is not told.'],
    withClockAhead,
    ['LG-GEN-010'],
  ),
  dressed(
    ['unordered-deliveries', 'Events overtake one another, and are sent once only.', noPromise],
    withoutOrder,
    ['LG-WEB-039'],
  ),
  dressed(['repeated-deliveries', 'Each event is sent twice.', noPromise], withRepetition),
  dressed(['other-events', 'Events of another type come between.', notExhaustive], withOtherEvents),
  dressed(
    ['pings', 'Signed pings come between, which are about nothing.', notExhaustive],
    withPings,
  ),
  dressed(['richer-events', 'Events have further members.', notExhaustive], withRicherEvents),
  dressed(
    [
      'richer-signature',
      'The signature has a further part, and its parts the other way round.',
      notExhaustive,
    ],
    withRicherSignature,
    ['LG-SIG-010'],
  ),
];
