import { timestamp } from '../runtime/services.ts';
import type { DeliveryAttempt, PendingDelivery, WebhookEndpoint } from '../state/records.ts';

/** What follows from an attempt. */
export interface NextStep {
  /** The endpoint as it is from now on. */
  readonly endpoint: WebhookEndpoint;
  readonly outcome: 'received' | 'retry' | 'given_up';
  /** When this event is tried again, in milliseconds since 1970; null if it isn't. */
  readonly nextAttempt: number | null;
  /** What there is to say of it, in sentences. */
  readonly note: string;
}

export interface AttemptContext {
  readonly endpoint: WebhookEndpoint;
  readonly delivery: PendingDelivery;
  readonly delivered: boolean;
  /** How many events wait after this one. */
  readonly waiting: number;
  readonly now: number;
}

/** Decides what follows from an attempt (LG-WEB-037 to LG-WEB-039). */
export const decideNextStep = (occasion: AttemptContext, schedule: DeliverySchedule): NextStep => {
  const course = occasion.delivered ? afterSuccess(occasion) : afterFailure(occasion, schedule);
  const { dropped } = course.endpoint;
  const isEmpty = occasion.waiting === 0 && course.nextAttempt === null;
  if (!isEmpty || !dropped) return course;
  return { ...course, endpoint: { ...course.endpoint, dropped: { ...dropped, inARow: 0 } } };
};

const afterSuccess = ({ endpoint: before, waiting }: AttemptContext): NextStep => {
  const { id, url, secret, paused, dropped } = before;
  const endpoint = { id, url, secret, ...(dropped && { dropped }) };
  const follow = waiting === 0 ? '' : `; ${countEvents(waiting)} that waited for it follow`;
  const note = paused
    ? `The endpoint was paused since ${paused.since} and is active again${follow}.`
    : '';
  return { endpoint, outcome: 'received', nextAttempt: null, note };
};

const afterFailure = (occasion: AttemptContext, schedule: DeliverySchedule): NextStep => {
  const { delivery, now } = occasion;
  const failures = (occasion.endpoint.failures ?? 0) + 1;
  const failing = { ...occasion.endpoint, failures };
  const isPaused = failing.paused !== undefined || failures >= schedule.pauseAfter;
  const endpoint = isPaused ? pause(failing, now, schedule) : failing;
  const retry = schedule.pauses[delivery.attempts];
  const nextAttempt = retry === undefined ? null : (endpoint.paused?.until ?? now + retry);
  const again =
    nextAttempt === null
      ? `It is given up after ${delivery.attempts + 1} attempts.`
      : `It is sent again at ${timestamp(nextAttempt)}.`;
  return {
    endpoint,
    outcome: nextAttempt === null ? 'given_up' : 'retry',
    nextAttempt,
    note: [again, ...describePause(endpoint, occasion)].join(' '),
  };
};

const pause = (
  endpoint: WebhookEndpoint,
  now: number,
  { rests }: DeliverySchedule,
): WebhookEndpoint => {
  const { since, attempts } = endpoint.paused
    ? { ...endpoint.paused, attempts: endpoint.paused.attempts + 1 }
    : { since: timestamp(now), attempts: 0 };
  const rest = rests[attempts] ?? longestPause(rests);
  return { ...endpoint, paused: { since, attempts, until: now + rest } };
};

const describePause = (
  { paused, failures = 0 }: WebhookEndpoint,
  { waiting, endpoint: before }: AttemptContext,
): string[] => {
  if (!paused) return [];
  const state = before.paused
    ? `The endpoint stays paused since ${paused.since}`
    : `After ${failures} failures in a row the endpoint is paused`;
  const others = waiting === 0 ? '' : `, ${countEvents(waiting)} waiting after this one`;
  return [`${state}${others}; the next attempt is due at ${timestamp(paused.until)}.`];
};

const countEvents = (count: number): string => (count === 1 ? '1 event' : `${count} events`);

const longestPause = (rests: DeliverySchedule['rests']): number => rests.at(-1) ?? rests[0];

/**
 * When an endpoint may be tried, in milliseconds since 1970; undefined for at once. Never later than
 * the longest rest from now: the clock may have been moved back since.
 */
export const pausedUntil = (
  { paused }: WebhookEndpoint,
  now: number,
  { rests }: DeliverySchedule,
): number | undefined =>
  paused && paused.until > now ? Math.min(paused.until, now + longestPause(rests)) : undefined;

export const endpointState = ({
  failures,
  paused,
}: WebhookEndpoint): NonNullable<DeliveryAttempt['endpoint_state']> => {
  if (paused) return 'paused';
  return failures === undefined ? 'active' : 'failing';
};

/**
 * How deliveries are tried, and how much of them is kept. The documentation says nothing of it, so
 * these figures are this server's own.
 */
export interface DeliverySchedule {
  /** How long a receiver has to answer, in milliseconds (LG-WEB-038). */
  readonly timeout: number;
  /** The pauses between the attempts, in milliseconds; one attempt more is made (LG-WEB-039). */
  readonly pauses: readonly [number, ...number[]];
  /**
   * After how many failures in a row an endpoint is paused. More than the attempts of one event, so
   * that a single event that a receiver can't take pauses nothing.
   */
  readonly pauseAfter: number;
  /**
   * How long a paused endpoint is left alone before each next attempt, in milliseconds; the last one
   * holds for all that follow.
   */
  readonly rests: readonly [number, ...number[]];
}

/** Retries come soon, since whoever develops against this server is waiting for them. */
export const defaultSchedule: DeliverySchedule = {
  timeout: 10_000,
  pauses: [1_000, 2_000, 4_000, 8_000, 16_000],
  pauseAfter: 8,
  rests: [15_000, 30_000, 60_000],
};
