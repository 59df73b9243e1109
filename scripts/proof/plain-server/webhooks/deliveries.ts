import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Occurrence } from '../core/call.ts';
import { formatTimestamp, type Installation } from '../core/installation.ts';
import type { Endpoint, Organization } from '../core/records.ts';
import { buildMessage, eventsCausedBy, type Message } from './events.ts';

/** Whoever carries events to their endpoints. */
export interface Dispatcher {
  /** Sends what has happened on its way; settles when each endpoint was tried once. */
  readonly tell: (
    organization: Organization,
    occurrences: readonly Occurrence[],
  ) => Promise<unknown>;
  /** Sends nothing any more. */
  readonly stop: () => void;
}

export const createDispatcher = (installation: Installation, post: PostWebhook): Dispatcher => {
  const { takes } = installation;
  const ending = new AbortController();
  const newId = eventIds(installation);
  const begin = (endpoint: Endpoint, delivery: Delivery) => {
    if (takes('LG-WEB-040', 1)) {
      // Each event goes by itself, sooner or later.
      return scattered(installation, delivery);
    }
    const tried = endpoint.queue.then(() => delivery.first());
    // Those that come later wait, unless the API itself waits for each first attempt.
    const done = tried.then((open) => (open ? delivery.rest() : undefined));
    endpoint.queue = takes('LG-WEB-036', 1) ? tried.then(() => undefined) : done;
    return tried;
  };
  return {
    stop: () => {
      ending.abort();
    },
    tell: (organization, occurrences) => {
      const happenings = occurrences.flatMap((one) => eventsCausedBy(installation, one));
      const deliveries = happenings.flatMap((happening) => {
        const shared = newId();
        const nameIt = takes('LG-WEB-005', 1) ? newId : () => shared;
        return organization.endpoints.map((endpoint) => {
          const message = buildMessage(installation, happening, nameIt);
          const signal = ending.signal;
          const delivery = createDelivery(
            { installation, organization, endpoint, post, signal },
            message,
          );
          return begin(endpoint, delivery);
        });
      });
      return Promise.all(deliveries);
    },
  };
};

/** How far events may be apart that come in any order, in milliseconds (LG-WEB-040). */
const apart = 60;

const scattered = async (
  { random, sleep }: Installation,
  { first, rest }: Delivery,
): Promise<void> => {
  await sleep(random() * apart);
  if (await first()) void rest();
};

/** The ids of events; whatever follows `evt_` is up to the server. */
const eventIds = ({ freedoms, ids, next }: Installation): (() => string) => {
  switch (freedoms.deliveries?.eventIds) {
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

/** What it takes to bring an event to an endpoint. */
export interface DeliveryRoute {
  readonly installation: Installation;
  readonly organization: Organization;
  readonly endpoint: Endpoint;
  readonly post: PostWebhook;
  /** Ends all deliveries. */
  readonly signal: AbortSignal;
}

/** One event on its way to one endpoint. */
interface Delivery {
  /** Makes the first attempt; tells whether others have to follow. */
  readonly first: () => Promise<boolean>;
  /** Makes those others, until the event was taken or is given up. */
  readonly rest: () => Promise<void>;
}

/** Milliseconds between attempts (LG-WEB-039). */
const usualPauses = [1_000, 2_000, 4_000, 8_000];
/** After so many failures in a row an endpoint is switched off, where that is done. */
const tooOften = 8;

const createDelivery = (route: DeliveryRoute, message: Message): Delivery => {
  const { installation, organization, endpoint, signal } = route;
  const { takes, freedoms, sleep, organizations, random } = installation;
  const { pauses = usualPauses, repeats = 0, delay, firstLate = 0 } = freedoms.deliveries ?? {};
  const signedAt = installation.now();
  endpoint.events += 1;
  const isFirst = endpoint.events === 1;
  const ended = (): boolean =>
    signal.aborted ||
    !organizations.has(organization.id) ||
    !organization.endpoints.includes(endpoint) ||
    (takes('LG-WEB-039', 2) && endpoint.failures >= tooOften);
  let count = 0;
  const attempt = async (): Promise<boolean> => {
    if (isFirst && count === 0) await sleep(firstLate);
    if (delay) await sleep(delay[0] + random() * (delay[1] - delay[0]));
    if (ended()) return false;
    count += 1;
    const taken = await send(route, message, { count, signedAt });
    endpoint.failures = taken ? 0 : endpoint.failures + 1;
    for (let again = 0; taken && again < repeats; again += 1) {
      await send(route, message, { count, signedAt });
    }
    return !taken && !takes('LG-WEB-039', 1);
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
  /** When the event was sent on its way. */
  readonly signedAt: number;
}

const send = async (
  { installation, organization, endpoint, post }: DeliveryRoute,
  message: Message,
  { count, signedAt }: Attempted,
): Promise<boolean> => {
  const { takes, now } = installation;
  const { charset, extraHeaders } = installation.freedoms.deliveries ?? {};
  const body = message.write();
  const moment = takes('LG-SIG-009', 1) ? signedAt : now();
  const headers = {
    'content-type': charset ? 'application/json; charset=utf-8' : 'application/json',
    'x-leadgrid-signature': sign(installation, endpoint.secret, body, moment),
    ...(extraHeaders && { 'x-leadgrid-event': message.type, 'x-attempt': String(count) }),
  };
  const status = await post({ url: endpoint.url, headers, body });
  const delivered = takes('LG-WEB-037', 1)
    ? status === 200
    : status !== null && status >= 200 && status < 300;
  organization.attempts.push({
    ...{ endpoint_id: endpoint.id, event_id: message.id, event_type: message.type },
    ...{ attempt: count, status, delivered, attempted_at: formatTimestamp(installation, moment) },
  });
  return delivered;
};

/** A request to a receiver. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a letter; gives the status of the answer, or null when there was none in time. */
type PostWebhook = (letter: WebhookRequest) => Promise<number | null>;

/** Milliseconds that a receiver has (LG-WEB-038). */
const times = { usual: 10_000, other: 4_000, whileOthersWait: 2_000 } as const;
/** So many redirections are followed, where they are (LG-WEB-037). */
const farthest = 3;

export const createPoster = ({ freedoms, takes }: Installation): PostWebhook => {
  const chunked = freedoms.deliveries?.chunked ?? false;
  const decided = takes('LG-WEB-038', 1) ? times.other : times.usual;
  const timeout = takes('LG-WEB-036', 1) ? times.whileOthersWait : decided;
  const follows = takes('LG-WEB-037', 2);
  return async (letter) => {
    let { url } = letter;
    for (let hop = 0; ; hop += 1) {
      const answer = await exchange({ ...letter, url }, { chunked, timeout });
      const { status, location } = answer;
      const leads = status !== null && status >= 300 && status < 400 && location !== undefined;
      if (!follows || !leads || hop === farthest) return status;
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
      const { statusCode = null, headers: told } = response;
      response.on('error', () => undefined);
      resolve({ status: statusCode, location: told.location });
    });
    request.on('error', () => {
      resolve({ status: null });
    });
    if (chunked) request.write(bytes.subarray(0, bytes.length / 2));
    request.end(chunked ? bytes.subarray(bytes.length / 2) : bytes);
  });

/** Signs a body for an endpoint, at a moment in milliseconds. */
const sign = ({ takes }: Installation, secret: string, body: string, moment: number): string => {
  const t = String(Math.floor(moment / 1_000));
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  const parts = takes('LG-SIG-010', 2) ? [`v1=${v1}`, `t=${t}`] : [`t=${t}`, `v1=${v1}`];
  const further = createHmac('sha512', secret).update(body).digest('hex');
  return [...parts, ...(takes('LG-SIG-010', 1) ? [`v2=${further}`] : [])].join(',');
};
