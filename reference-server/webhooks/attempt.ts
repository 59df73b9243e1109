import type { Services } from '../services.ts';
import type { PendingDelivery, WebhookEndpoint } from '../state/records.ts';
import { sign } from './signature.ts';

/** What came of an attempt. */
export interface AttemptResult {
  /** What the receiver answered; null if it didn't, in time or at all. */
  readonly status: number | null;
  readonly delivered: boolean;
}

export interface AttemptLimits {
  /** How long the receiver has to answer, in milliseconds. */
  readonly timeout: number;
  /** Gives the attempt up, as one that failed. */
  readonly stop: AbortSignal;
}

const unanswered: AttemptResult = { status: null, delivered: false };

/**
 * Sends an event once. Any 2xx within the time counts as received; a redirection isn't followed
 * (LG-WEB-002, LG-WEB-003, LG-WEB-037, LG-WEB-038). Never rejects.
 */
export const attempt = async (
  endpoint: WebhookEndpoint,
  delivery: PendingDelivery,
  services: Pick<Services, 'clock' | 'fetch'>,
  { timeout, stop }: AttemptLimits,
): Promise<AttemptResult> => {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  // A signal alone would not do: in Node 20 the garbage collector can take it from a request.
  const given = new Promise<AttemptResult>((resolve) => {
    controller.signal.addEventListener('abort', () => {
      resolve(unanswered);
    });
  });
  const timer = setTimeout(abort, timeout);
  stop.addEventListener('abort', abort);
  try {
    return await Promise.race([post(endpoint, delivery, services, controller.signal), given]);
  } catch {
    return unanswered;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
  }
};

const post = async (
  { url, secret }: WebhookEndpoint,
  { body }: PendingDelivery,
  { clock, fetch }: Pick<Services, 'clock' | 'fetch'>,
  signal: AbortSignal,
): Promise<AttemptResult> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-LeadGrid-Signature': sign(secret, clock.now(), body),
      // A receiver may close an idle connection just when it would be used again.
      Connection: 'close',
    },
    body,
    redirect: 'manual',
    signal,
  });
  // What it says beyond the status doesn't matter, nor whether it ever ends.
  response.body?.cancel().catch(() => undefined);
  return { status: response.status, delivered: response.ok };
};
