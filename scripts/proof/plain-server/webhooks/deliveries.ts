import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Change } from '../core/call.ts';
import { formatTimestamp, type Installation } from '../core/installation.ts';
import type { Endpoint, Organization } from '../core/records.ts';
import { buildMessage, eventsCausedBy, type Message } from './events.ts';

/** Delivers events to their endpoints. */
export interface Dispatcher {
  /** Sends the events caused by these changes; resolves after the first attempt at each endpoint. */
  readonly deliver: (organization: Organization, changes: readonly Change[]) => Promise<unknown>;
  /** Stops all deliveries. */
  readonly stop: () => void;
}

export const createDispatcher = (installation: Installation, post: PostWebhook): Dispatcher => {
  const { takes } = installation;
  const stopping = new AbortController();
  const newId = eventIds(installation);
  const startDelivery = (endpoint: Endpoint, delivery: Delivery) => {
    if (takes('LG-WEB-040', 1)) {
      return deliverUnordered(installation, delivery);
    }
    const firstAttempt = endpoint.queue.then(() => delivery.first());
    // Later events wait for this one, unless responses wait for each first attempt.
    const done = firstAttempt.then((open) => (open ? delivery.rest() : undefined));
    endpoint.queue = takes('LG-WEB-036', 1) ? firstAttempt.then(() => undefined) : done;
    return firstAttempt;
  };
  return {
    stop: () => {
      stopping.abort();
    },
    deliver: (organization, changes) => {
      const events = changes.flatMap((one) => eventsCausedBy(installation, one));
      const deliveries = events.flatMap((event) => {
        const shared = newId();
        const idFor = takes('LG-WEB-005', 1) ? newId : () => shared;
        return organization.endpoints.map((endpoint) => {
          const message = buildMessage(installation, event, idFor);
          const signal = stopping.signal;
          const delivery = createDelivery(
            { installation, organization, endpoint, post, signal },
            message,
          );
          return startDelivery(endpoint, delivery);
        });
      });
      return Promise.all(deliveries);
    },
  };
};

/** The maximum delay of events that are sent in any order, in milliseconds (LG-WEB-040). */
const maxSpread = 60;

const deliverUnordered = async (
  { random, sleep }: Installation,
  { first, rest }: Delivery,
): Promise<void> => {
  await sleep(random() * maxSpread);
  if (await first()) void rest();
};

/** Creates ids of events; the form after `evt_` is undocumented. */
const eventIds = ({ variations, ids, next }: Installation): (() => string) => {
  switch (variations.deliveries?.eventIds) {
    case 'uuid':
      return () => `evt_${ids.uuid()}`;
    case 'ulid':
      return () => `evt_${ids.ulid()}`;
    case 'number':
      return () => `evt_${next()}`;
    case 'hex':
    case undefined:
      return () => `evt_${ids.hex(24)}`;
  }
};

/** Where a delivery goes, and how it is sent. */
export interface DeliveryRoute {
  readonly installation: Installation;
  readonly organization: Organization;
  readonly endpoint: Endpoint;
  readonly post: PostWebhook;
  /** Aborts all deliveries. */
  readonly signal: AbortSignal;
}

/** The delivery of one event to one endpoint. */
interface Delivery {
  /** Makes the first attempt; returns whether it has to be retried. */
  readonly first: () => Promise<boolean>;
  /** Retries until the event is delivered or given up. */
  readonly rest: () => Promise<void>;
}

/** Milliseconds between attempts (LG-WEB-039). */
const defaultPauses = [1_000, 2_000, 4_000, 8_000];
/** The number of failures in a row after which an endpoint is disabled (LG-WEB-039). */
const maxFailures = 8;

const createDelivery = (route: DeliveryRoute, message: Message): Delivery => {
  const { installation, organization, endpoint, signal } = route;
  const { takes, variations, sleep, organizations, random } = installation;
  const { pauses = defaultPauses, repeats = 0, delay, firstLate = 0 } = variations.deliveries ?? {};
  const signedAt = installation.now();
  endpoint.events += 1;
  const isFirst = endpoint.events === 1;
  const ended = (): boolean =>
    signal.aborted ||
    !organizations.has(organization.id) ||
    !organization.endpoints.includes(endpoint) ||
    (takes('LG-WEB-039', 2) && endpoint.failures >= maxFailures);
  let count = 0;
  const attempt = async (): Promise<boolean> => {
    if (isFirst && count === 0) await sleep(firstLate);
    if (delay) await sleep(delay[0] + random() * (delay[1] - delay[0]));
    if (ended()) return false;
    count += 1;
    const delivered = await send(route, message, { count, signedAt });
    endpoint.failures = delivered ? 0 : endpoint.failures + 1;
    for (let again = 0; delivered && again < repeats; again += 1) {
      await send(route, message, { count, signedAt });
    }
    return !delivered && !takes('LG-WEB-039', 1);
  };
  return {
    first: attempt,
    rest: async () => {
      for (const pause of pauses) {
        await sleep(pause);
        if (!(await attempt())) return;
      }
    },
  };
};

interface Attempted {
  readonly count: number;
  /** When the delivery started, in milliseconds since 1970. */
  readonly signedAt: number;
}

const send = async (
  { installation, organization, endpoint, post }: DeliveryRoute,
  message: Message,
  { count, signedAt }: Attempted,
): Promise<boolean> => {
  const { takes, now } = installation;
  const { charset, extraHeaders } = installation.variations.deliveries ?? {};
  const body = message.write();
  const time = takes('LG-SIG-009', 1) ? signedAt : now();
  const headers = {
    'content-type': charset ? 'application/json; charset=utf-8' : 'application/json',
    'x-leadgrid-signature': sign(installation, endpoint.secret, body, time),
    ...(extraHeaders && { 'x-leadgrid-event': message.type, 'x-attempt': String(count) }),
  };
  const status = await post({ url: endpoint.url, headers, body });
  const delivered = takes('LG-WEB-037', 1)
    ? status === 200
    : status !== null && status >= 200 && status < 300;
  organization.attempts.push({
    ...{ endpoint_id: endpoint.id, event_id: message.id, event_type: message.type },
    ...{ attempt: count, status, delivered, attempted_at: formatTimestamp(installation, time) },
  });
  return delivered;
};

/** A request to a receiver. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a request; returns the status of the response, or null if none arrived in time. */
type PostWebhook = (request: WebhookRequest) => Promise<number | null>;

/** How long a receiver may take to respond, in milliseconds (LG-WEB-038). */
const timeouts = { default: 10_000, other: 4_000, whileOthersWait: 2_000 } as const;
/** How many redirects are followed, if they are followed (LG-WEB-037). */
const maxRedirects = 3;

export const createPoster = ({ variations, takes }: Installation): PostWebhook => {
  const chunked = variations.deliveries?.chunked ?? false;
  const defaultTimeout = takes('LG-WEB-038', 1) ? timeouts.other : timeouts.default;
  const timeout = takes('LG-WEB-036', 1) ? timeouts.whileOthersWait : defaultTimeout;
  const followsRedirects = takes('LG-WEB-037', 2);
  return async (request) => {
    let { url } = request;
    for (let hop = 0; ; hop += 1) {
      const answer = await exchange({ ...request, url }, { chunked, timeout });
      const { status, location } = answer;
      const isRedirect = status !== null && status >= 300 && status < 400 && location !== undefined;
      if (!followsRedirects || !isRedirect || hop === maxRedirects) return status;
      url = new URL(location, url).href;
    }
  };
};

interface Exchanged {
  readonly status: number | null;
  readonly location?: string | undefined;
}

const exchange = (
  { url, headers, body }: WebhookRequest,
  { chunked, timeout }: { chunked: boolean; timeout: number },
): Promise<Exchanged> =>
  new Promise((resolve) => {
    const bytes = Buffer.from(body);
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = chunked ? {} : { 'content-length': String(bytes.length) };
    const signal = AbortSignal.timeout(timeout);
    const request = send(url, { method: 'POST', headers: { ...headers, ...length }, signal });
    request.on('response', (response) => {
      response.resume();
      const { statusCode = null, headers: received } = response;
      response.on('error', () => undefined);
      resolve({ status: statusCode, location: received.location });
    });
    request.on('error', () => {
      resolve({ status: null });
    });
    if (chunked) request.write(bytes.subarray(0, bytes.length / 2));
    request.end(chunked ? bytes.subarray(bytes.length / 2) : bytes);
  });

/** The signature header of a body; `time` is in milliseconds since 1970. */
const sign = ({ takes }: Installation, secret: string, body: string, time: number): string => {
  const t = String(Math.floor(time / 1_000));
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  const parts = takes('LG-SIG-010', 2) ? [`v1=${v1}`, `t=${t}`] : [`t=${t}`, `v1=${v1}`];
  const otherSignature = createHmac('sha512', secret).update(body).digest('hex');
  return [...parts, ...(takes('LG-SIG-010', 1) ? [`v2=${otherSignature}`] : [])].join(',');
};
