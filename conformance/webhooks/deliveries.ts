import { breakdownError } from '../errors.ts';
import { type Exchange, parseJson } from '../http/exchange.ts';
import { reasonOf } from '../http/interruption.ts';
import type { RawDelivery } from './sink.ts';

/** The event in a delivery; every field may be missing or wrong. */
export interface WebhookEvent {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly created_at?: unknown;
  readonly data?: Readonly<Record<string, unknown>> | null;
}

export interface Delivery extends RawDelivery {
  /** The parsed body; undefined when it isn't a JSON object. */
  readonly event: WebhookEvent | undefined;
}

/** What is kept for one endpoint; the oldest deliveries of a busy one are dropped. */
const most = { deliveries: 2_000, bytes: 64 * 1024 * 1024 };

/** Keeps what arrives at an endpoint. */
export const collectDeliveries = () => {
  const deliveries: Delivery[] = [];
  const watchers = new Set<() => void>();
  let bytes = 0;
  return {
    all: (): readonly Delivery[] => deliveries,
    receive: (raw: RawDelivery): void => {
      deliveries.push(readDelivery(raw));
      bytes += raw.body.length;
      while (deliveries.length > most.deliveries || bytes > most.bytes) {
        bytes -= deliveries.shift()?.body.length ?? 0;
      }
      for (const look of [...watchers]) look();
    },
    /** Drops all deliveries so far. */
    clear: (): void => {
      deliveries.length = 0;
      bytes = 0;
    },
    /** Calls `look` now and after each arrival; returns a function that ends this. */
    watch: (look: () => void): (() => void) => {
      watchers.add(look);
      look();
      return () => {
        watchers.delete(look);
      };
    },
  };
};

/** Parses the event of a request, if it has one. */
export const readDelivery = (raw: RawDelivery): Delivery => ({ ...raw, event: eventIn(raw.body) });

/** A delivery as an exchange, for reports. */
export const asExchange = ({ method, url, headers, body, arrivedAt }: RawDelivery): Exchange => ({
  operation: undefined,
  request: { method, url, headers, body },
  response: { status: 200, headers: {}, body: '' },
  json: undefined,
  startedAt: arrivedAt,
  milliseconds: 0,
  received: true,
});

const eventIn = (body: Uint8Array): WebhookEvent | undefined => {
  const json = parseJson(new TextDecoder().decode(body));
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
};

/** While other events arrive, the wait goes on, up to so many times as long. */
const longest = 6;

/**
 * Waits for the first value that `look` returns.
 *
 * @param milliseconds - gives up when nothing has arrived for so long, or after six times that
 * @returns undefined when it gave up
 * @throws Breakdown when the run is interrupted
 */
export const waitForDelivery = async <Value>(
  look: () => Value | undefined,
  watch: (look: () => void) => () => void,
  milliseconds: number,
  interruption: AbortSignal,
): Promise<Value | undefined> => {
  let end = (): void => undefined;
  const found = new Promise<Value | undefined>((resolve, reject) => {
    const interrupt = (): void => {
      reject(breakdownError(reasonOf(interruption)));
    };
    const giveUp = (): void => {
      resolve(undefined);
    };
    const idle = setTimeout(giveUp, milliseconds);
    const total = setTimeout(giveUp, longest * milliseconds);
    const unwatch = watch(() => {
      idle.refresh();
      const value = look();
      if (value !== undefined) resolve(value);
    });
    interruption.addEventListener('abort', interrupt);
    if (interruption.aborted) interrupt();
    end = () => {
      clearTimeout(idle);
      clearTimeout(total);
      unwatch();
      interruption.removeEventListener('abort', interrupt);
    };
  });
  try {
    return await found;
  } finally {
    end();
  }
};
