import { setImmediate } from 'node:timers/promises';
import { createCommit } from '../app.ts';
import { createWriteQueue } from '../persistence/write-queue.ts';
import type { Send } from '../runtime/http-client.ts';
import { type Clock, createClock, createServices, type Services } from '../runtime/services.ts';
import type { PendingDelivery } from '../state/records.ts';
import { createState, type State } from '../state/state.ts';
import { type Commit, NotSaved } from '../state/transaction.ts';
import { createDispatcher, type Dispatcher } from '../webhooks/dispatcher.ts';
import { defaultSchedule } from '../webhooks/retry-schedule.ts';
import { addOrganization } from './persistence-installation.ts';

/** A delivery to the endpoint of the setup. */
export const delivery = (id: string, more: Partial<PendingDelivery> = {}): PendingDelivery => ({
  ...{ id, endpoint_id: 'endpoint', event_id: `evt_${id}`, event_type: 'note.created' },
  ...{ body: id, attempts: 0, ...more },
});

/** A dispatcher with a store and a receiver that the test controls. */
export interface DispatcherSetup {
  readonly state: State;
  readonly clock: Clock;
  readonly commit: Commit;
  readonly dispatcher: Dispatcher;
  /** The bodies of all sent requests. */
  readonly sent: string[];
  readonly loggedErrors: string[];
  readonly put: (delivery: PendingDelivery) => Promise<unknown>;
  /** The ids of the pending deliveries. */
  readonly pending: () => string[];
  /** Ends the current write, successfully or not. */
  readonly keep: () => Promise<void>;
  readonly fail: () => Promise<void>;
  /** Makes the receiver respond. */
  readonly answer: () => void;
  readonly breakClock: () => void;
  /** The clock works again, and the receiver returns 200. */
  readonly repair: () => void;
  /** Resolves when all asynchronous work has settled. */
  readonly settle: () => Promise<void>;
}

export interface DispatcherSetupOptions {
  readonly savesAutomatically?: boolean;
  readonly respondsAutomatically?: boolean;
  readonly status?: number;
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
};

/** A store that saves automatically, or ends its writes one by one on request. */
const createTestStore = (savesAutomatically: boolean) => {
  const writes: PromiseWithResolvers[] = [];
  const store = createWriteQueue(
    () => {
      const write = withResolvers();
      if (savesAutomatically) write.resolve();
      else writes.push(write);
      return write.promise;
    },
    () => new NotSaved('The disk is full.'),
  );
  const end = async (how: 'resolve' | 'reject'): Promise<void> => {
    await settle();
    writes.shift()?.[how]();
    await settle();
  };
  return { store, keep: () => end('resolve'), fail: () => end('reject') };
};

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: () => void;
}

const withResolvers = (): PromiseWithResolvers => {
  const made = {} as { -readonly [Key in keyof PromiseWithResolvers]: PromiseWithResolvers[Key] };
  made.promise = new Promise((resolve, reject) => {
    Object.assign(made, { resolve, reject });
  });
  return made;
};

/** A receiver that responds automatically, or to one request on demand. */
const createTestReceiver = (respondsAutomatically: boolean, status: number) => {
  const sent: string[] = [];
  const receiver = { status, answer: (): void => undefined };
  const receive: Send = async ({ body }) => {
    sent.push(body as string);
    if (!respondsAutomatically) {
      await new Promise<void>((resolve) => {
        receiver.answer = resolve;
      });
    }
    const readBody = () => Promise.resolve({ bytes: Buffer.alloc(0), end: 'whole' } as const);
    return { status: receiver.status, headers: {}, readBody };
  };
  return { sent, receiver, receive };
};

const createTestClock = () => {
  const clock = createClock(() => 0);
  const health = { broken: false };
  const sleepUntil: Clock['sleepUntil'] = (moment, stop) =>
    health.broken
      ? Promise.reject(new Error('The clock is broken'))
      : clock.sleepUntil(moment, stop);
  return { health, clock: { ...clock, sleepUntil } };
};

export const createDispatcherSetup = (options: DispatcherSetupOptions = {}): DispatcherSetup => {
  const { savesAutomatically = true, respondsAutomatically = true, status = 200 } = options;
  const loggedErrors: string[] = [];
  const state = createState();
  const { store, keep, fail } = createTestStore(savesAutomatically);
  const { sent, receiver, receive } = createTestReceiver(respondsAutomatically, status);
  const { clock, health } = createTestClock();
  const logError = (line: string): void => void loggedErrors.push(line);
  const services: Services = { ...createServices(), clock, send: receive, logError };
  const commit = createCommit(state, store, services, (changes) => {
    dispatcher.wake(changes);
  });
  const retryDelays = [60_000] as const;
  const schedule = { ...defaultSchedule, timeout: 60_000, retryDelays };
  const dispatcher = createDispatcher({ state, services, commit, schedule });
  const { result: organization } = state.transact(() => {
    const made = addOrganization(state, 'org');
    made.webhookEndpoints.insert({ id: 'endpoint', url: 'http://receiver.test', secret: 's' });
    return made;
  });
  return {
    ...{ state, clock, commit, dispatcher, sent, loggedErrors, keep, fail, settle },
    put: (one) =>
      commit(() => {
        organization.pendingDeliveries.insert(one);
      }),
    pending: () => [...organization.pendingDeliveries.rows].map(({ id }) => id),
    answer: () => {
      receiver.answer();
    },
    breakClock: () => {
      health.broken = true;
    },
    repair: () => {
      health.broken = false;
      receiver.status = 200;
    },
  };
};
