import { setTimeout as sleep } from 'node:timers/promises';
import { createSend, type Send } from '../runtime/http-client.ts';
import { createServices } from '../runtime/services.ts';
import { attempt, type AttemptResult } from '../webhooks/attempt.ts';
import type { RawReceiver } from './raw-receiver.ts';
import { delivery } from './dispatcher-setup.ts';

interface AttemptOptions {
  readonly send?: Send;
  readonly timeout?: number;
  readonly body?: string;
}

/** Sends an event to a url once. */
export const attemptAt = (url: string, options: AttemptOptions = {}): Promise<AttemptResult> => {
  const { send = createSend(), timeout = 5_000, body = '{"id":"evt_one"}' } = options;
  const endpoint = { id: 'endpoint', url, secret: 'whsec_very-secret' };
  const services = { ...createServices(), send };
  const limits = { timeout, stop: new AbortController().signal };
  return attempt(endpoint, delivery('one', { body }), services, limits);
};

/** Resolves when all connections to a receiver are closed. */
export const untilConnectionsClose = async (receiver: RawReceiver): Promise<void> => {
  const until = Date.now() + 5_000;
  while (receiver.open() > 0) {
    if (Date.now() > until) throw new Error(`${receiver.open()} connections stayed open.`);
    await sleep(5);
  }
};
