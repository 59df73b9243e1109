import { timestamp } from '../runtime/services.ts';
import type { DeliveryAttempt, PendingDelivery, WebhookEndpoint } from '../state/records.ts';

/** The decision after an attempt. */
export interface NextStep {
  /** The updated endpoint. */
  readonly endpoint: WebhookEndpoint;
  readonly outcome: 'received' | 'retry' | 'given_up';
  /** When this event is sent again, in milliseconds since 1970; null if it isn't. */
  readonly nextAttempt: number | null;
  /** An explanation in sentences, for the log. */
  readonly note: string;
}

export interface AttemptContext {
  readonly endpoint: WebhookEndpoint;
  readonly delivery: PendingDelivery;
  readonly delivered: boolean;
  /** How many events wait behind this one. */
  readonly waiting: number;
  readonly now: number;
}

/** Decides what happens after an attempt (LG-WEB-037 to LG-WEB-039). */
export const decideNextStep = (context: AttemptContext, schedule: DeliverySchedule): NextStep => {
  const next = context.delivered ? afterSuccess(context) : afterFailure(context, schedule);
  const { dropped } = next.endpoint;
  const isEmpty = context.waiting === 0 && next.nextAttempt === null;
  if (!isEmpty || !dropped) return next;
  return { ...next, endpoint: { ...next.endpoint, dropped: { ...dropped, inARow: 0 } } };
};

const afterSuccess = ({ endpoint: before, waiting }: AttemptContext): NextStep => {
  const { id, url, secret, paused, dropped } = before;
  const endpoint = { id, url, secret, ...(dropped && { dropped }) };
  const follow = waiting === 0 ? '' : `; ${countEvents(waiting)} in its queue follow`;
  const note = paused
    ? `The endpoint, paused since ${paused.since}, is active again${follow}.`
    : '';
  return { endpoint, outcome: 'received', nextAttempt: null, note };
};

const afterFailure = (context: AttemptContext, schedule: DeliverySchedule): NextStep => {
  const { delivery, now } = context;
  const failures = (context.endpoint.failures ?? 0) + 1;
  const failing = { ...context.endpoint, failures };
  const isPaused = failing.paused !== undefined || failures >= schedule.pauseAfter;
  const endpoint = isPaused ? pause(failing, now, schedule) : failing;
  const retry = schedule.retryDelays[delivery.attempts];
  const nextAttempt = retry === undefined ? null : (endpoint.paused?.until ?? now + retry);
  const again =
    nextAttempt === null
      ? `No more attempts after ${delivery.attempts + 1}.`
      : `It is sent again at ${timestamp(nextAttempt)}.`;
  return {
    endpoint,
    outcome: nextAttempt === null ? 'given_up' : 'retry',
    nextAttempt,
    note: [again, ...describePause(endpoint, context)].join(' '),
  };
};

const pause = (
  endpoint: WebhookEndpoint,
  now: number,
  { pausedDelays }: DeliverySchedule,
): WebhookEndpoint => {
  const { since, attempts } = endpoint.paused
    ? { ...endpoint.paused, attempts: endpoint.paused.attempts + 1 }
    : { since: timestamp(now), attempts: 0 };
  const delay = pausedDelays[attempts] ?? longestPause(pausedDelays);
  return { ...endpoint, paused: { since, attempts, until: now + delay } };
};

const describePause = (
  { paused, failures = 0 }: WebhookEndpoint,
  { waiting, endpoint: before }: AttemptContext,
): string[] => {
  if (!paused) return [];
  const state = before.paused
    ? `The endpoint is still paused since ${paused.since}`
    : `After ${failures} consecutive failures the endpoint is paused`;
  const others = waiting === 0 ? '' : `, ${countEvents(waiting)} waiting after this one`;
  return [`${state}${others}; the next attempt is due at ${timestamp(paused.until)}.`];
};

const countEvents = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

const longestPause = (pausedDelays: DeliverySchedule['pausedDelays']): number =>
  pausedDelays.at(-1) ?? pausedDelays[0];

/**
 * When a paused endpoint gets its next attempt, in milliseconds since 1970; undefined for
 * immediately. Never later than the longest pause from now: the clock may have been reset since.
 */
export const pausedUntil = (
  { paused }: WebhookEndpoint,
  now: number,
  { pausedDelays }: DeliverySchedule,
): number | undefined =>
  paused && paused.until > now
    ? Math.min(paused.until, now + longestPause(pausedDelays))
    : undefined;

export const endpointState = ({
  failures,
  paused,
}: WebhookEndpoint): NonNullable<DeliveryAttempt['endpoint_state']> => {
  if (paused) return 'paused';
  return failures === undefined ? 'active' : 'failing';
};

/** The times of deliveries. The documentation has none, so these are this server's own. */
export interface DeliverySchedule {
  /** The time-out for a response, in milliseconds (LG-WEB-038). */
  readonly timeout: number;
  /**
   * The delays between the attempts of an event, in milliseconds; there is one attempt more
   * (LG-WEB-039).
   */
  readonly retryDelays: readonly [number, ...number[]];
  /**
   * After how many consecutive failures an endpoint is paused. More than the attempts of one event,
   * so that a single event that a receiver refuses doesn't pause it.
   */
  readonly pauseAfter: number;
  /**
   * The delays between the attempts of a paused endpoint, in milliseconds; the last one repeats.
   */
  readonly pausedDelays: readonly [number, ...number[]];
}

/** Retries come soon, since developers wait for them. */
export const defaultSchedule: DeliverySchedule = {
  timeout: 10_000,
  retryDelays: [1_000, 2_000, 4_000, 8_000, 16_000],
  pauseAfter: 8,
  pausedDelays: [15_000, 30_000, 60_000],
};
