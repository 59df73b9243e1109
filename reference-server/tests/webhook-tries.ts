import { setTimeout as sleep } from 'node:timers/promises';
import { createSend, type Send } from '../runtime/http-client.ts';
import { createServices } from '../runtime/services.ts';
import { attempt, type AttemptResult } from '../webhooks/attempt.ts';
import type { RawReceiver } from './raw-receiver.ts';
import { delivery } from './webhook-bench.ts';

interface Circumstances {
  readonly send?: Send;
  readonly timeout?: number;
  readonly body?: string;
}

/** Sends an event to an address, once. */
export const tryAt = (url: string, circumstances: Circumstances = {}): Promise<AttemptResult> => {
  const { send = createSend(), timeout = 5_000, body = '{"id":"evt_one"}' } = circumstances;
  const endpoint = { id: 'endpoint', url, secret: 'whsec_very-secret' };
  const services = { ...createServices(), send };
  const limits = { timeout, stop: new AbortController().signal };
  return attempt(endpoint, delivery('one', { body }), services, limits);
};

/** Resolves when no connection to a receiver is left. */
export const untilClosed = async (receiver: RawReceiver): Promise<void> => {
  const until = Date.now() + 5_000;
  while (receiver.open() > 0) {
    if (Date.now() > until) throw new Error(`${receiver.open()} connections stayed open.`);
    await sleep(5);
  }
};
