import type { Installation } from '../installation.ts';
import type { Endpoint, Organization } from '../records.ts';
import { happeningsOf } from './causes.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { prepare } from './message.ts';
import type { Occurrence } from './occurrence.ts';
import type { Post } from './post.ts';

/** Whoever carries events to their endpoints. */
export interface Courier {
  /** Sends what has happened on its way; settles when each endpoint was tried once. */
  readonly tell: (
    organization: Organization,
    occurrences: readonly Occurrence[],
  ) => Promise<unknown>;
  /** Sends nothing any more. */
  readonly stop: () => void;
}

export const createCourier = (installation: Installation, post: Post): Courier => {
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
      const happenings = occurrences.flatMap((one) => happeningsOf(installation, one));
      const deliveries = happenings.flatMap((happening) => {
        const shared = newId();
        const nameIt = takes('LG-WEB-005', 1) ? newId : () => shared;
        return organization.endpoints.map((endpoint) => {
          const message = prepare(installation, happening, nameIt);
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
