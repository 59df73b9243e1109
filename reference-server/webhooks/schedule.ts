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

/** How much may wait for one endpoint. */
export interface QueueLimits {
  readonly events: number;
  /** The length of their bodies together. */
  readonly bytes: number;
}

export const defaultQueueLimits: QueueLimits = { events: 10_000, bytes: 32 * 1024 ** 2 };

/** What the delivery log keeps. */
export const logLimits = {
  /** Entries of one organisation; the oldest go first. */
  entries: 1_000,
  /** Bytes of a body, and characters of the headers of an answer. */
  text: 2_000,
  /** How long is waited for the body of an answer once its status is there, in milliseconds. */
  bodyPatience: 1_000,
} as const;
