import type { Installation } from '../installation.ts';
import { writeMoment } from '../moments.ts';
import type { Endpoint, Organization } from '../records.ts';
import type { Message } from './message.ts';
import type { Post } from './post.ts';
import { sign } from './signature.ts';

/** What it takes to bring an event to an endpoint. */
export interface Route {
  readonly installation: Installation;
  readonly organization: Organization;
  readonly endpoint: Endpoint;
  readonly post: Post;
  /** Ends all deliveries. */
  readonly signal: AbortSignal;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  /** Makes the first attempt; tells whether others have to follow. */
  readonly first: () => Promise<boolean>;
  /** Makes those others, until the event was taken or is given up. */
  readonly rest: () => Promise<void>;
}

/** Milliseconds between attempts (LG-WEB-039). */
const usualPauses = [1_000, 2_000, 4_000, 8_000];
/** After so many failures in a row an endpoint is switched off, where that is done. */
const tooOften = 8;

export const createDelivery = (route: Route, message: Message): Delivery => {
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
  { installation, organization, endpoint, post }: Route,
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
    ...{ attempt: count, status, delivered, attempted_at: writeMoment(installation, moment) },
  });
  return delivered;
};
