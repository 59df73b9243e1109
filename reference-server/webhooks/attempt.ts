import type { HttpResponse, OutgoingRequest, SendStage } from '../runtime/http-client.ts';
import type { Services } from '../runtime/services.ts';
import type { PendingDelivery, WebhookEndpoint } from '../state/records.ts';
import { basic, credentialsOf } from './endpoint-address.ts';
import { explainFailure, explainResponse, explainTimeout } from './failure-reasons.ts';
import { sign } from './signature.ts';
import {
  bytesToRead,
  createSecretMask,
  formatRequest,
  formatResponse,
  logLimits,
  type MaskSecrets,
  type ReceivedResponse,
  type SentRequest,
} from './transcript.ts';

/** The result of an attempt. */
export interface AttemptResult {
  /** The status of the response; null if there was none in time. */
  readonly status: number | null;
  readonly delivered: boolean;
  /** Why it was or wasn't delivered, in sentences. */
  readonly reason: string;
  readonly request: SentRequest;
  readonly response: ReceivedResponse | null;
}

export interface AttemptLimits {
  /** The time-out for the response, in milliseconds. */
  readonly timeout: number;
  /** Aborts the attempt, which then counts as failed. */
  readonly stop: AbortSignal;
}

/**
 * Sends an event once. Any 2xx in time counts as received, even if the body of the response is
 * incomplete; redirects aren't followed (LG-WEB-002, LG-WEB-003, LG-WEB-037, LG-WEB-038). Never
 * rejects.
 */
export const attempt = async (
  endpoint: WebhookEndpoint,
  delivery: PendingDelivery,
  services: Pick<Services, 'clock' | 'send'>,
  limits: AttemptLimits,
): Promise<AttemptResult> => {
  const request = createRequest(endpoint, delivery, services.clock.now());
  const mask = createSecretMask(endpoint);
  const outcome = await sendRequest(request, services, limits, mask);
  const result =
    typeof outcome === 'string'
      ? { status: null, delivered: false, reason: outcome, response: null }
      : await readResponse(outcome, limits, mask);
  return { ...result, reason: oneLine(result.reason), request: formatRequest(request) };
};

const createRequest = (
  { url, secret }: WebhookEndpoint,
  { body }: PendingDelivery,
  now: number,
): OutgoingRequest => {
  const credentials = credentialsOf(url);
  return {
    method: 'POST',
    url,
    headers: {
      Accept: '*/*',
      'User-Agent': 'leadgrid-mock',
      'Content-Type': 'application/json',
      'X-LeadGrid-Signature': sign(secret, now, body),
      ...(credentials && { Authorization: `Basic ${basic(credentials)}` }),
      // A receiver may close an idle connection just when it is reused.
      Connection: 'close',
    },
    body,
  };
};

/** Resolves with the head of the response, or the reason why there is none. */
const sendRequest = async (
  request: OutgoingRequest,
  { send }: Pick<Services, 'send'>,
  { timeout, stop }: AttemptLimits,
  mask: MaskSecrets,
): Promise<HttpResponse | string> => {
  let stage: SendStage = 'connection';
  const controller = new AbortController();
  // `send` may ignore the signal.
  const aborted = new Promise<string>((resolve) => {
    controller.signal.addEventListener('abort', () => {
      resolve(
        stop.aborted
          ? 'This server was stopped before a response arrived.'
          : explainTimeout(request.url, stage, timeout),
      );
    });
  });
  const abort = (): void => {
    controller.abort();
  };
  const timer = setTimeout(abort, timeout);
  stop.addEventListener('abort', abort);
  const onStage = (reached: SendStage): void => {
    stage = reached;
  };
  try {
    return await Promise.race([send(request, { signal: controller.signal, onStage }), aborted]);
  } catch (error) {
    return explainFailure(request.url, stage, error, mask);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
  }
};

const readResponse = async (head: HttpResponse, { stop }: AttemptLimits, mask: MaskSecrets) => {
  const { status } = head;
  const limits = { bytes: bytesToRead, timeout: logLimits.bodyTimeout, stop };
  const body = await head.readBody(limits);
  const response = formatResponse(head, body, mask);
  const reason = explainResponse(response);
  return { status, delivered: status >= 200 && status < 300, reason, response };
};

/** Reasons may quote the receiver, and are printed. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');
