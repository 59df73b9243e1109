/** How deliveries are tried. */
export interface DeliverySchedule {
  /** How long a receiver has to answer, in milliseconds (LG-WEB-038). */
  readonly timeout: number;
  /** The pauses between the attempts, in milliseconds; one attempt more is made (LG-WEB-039). */
  readonly pauses: readonly [number, ...number[]];
}

/** Retries come soon, since whoever develops against this server is waiting for them. */
export const defaultSchedule: DeliverySchedule = {
  timeout: 10_000,
  pauses: [1_000, 2_000, 4_000, 8_000, 16_000],
};
