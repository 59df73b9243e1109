import { expect, it } from 'vitest';
import { createServices } from '../services.ts';
import { attempt } from '../webhooks/attempt.ts';
import { delivery } from './webhook-bench.ts';

it('An attempt succeeds by the status, whatever becomes of the rest of the answer (LG-WEB-037)', async () => {
  const endless = new ReadableStream({
    cancel: () => {
      throw new Error('The connection is broken.');
    },
  });
  const services = { ...createServices(), fetch: () => Promise.resolve(new Response(endless)) };
  const endpoint = { id: 'endpoint', url: 'http://receiver.test', secret: 's' };
  const limits = { timeout: 60_000, stop: new AbortController().signal };
  const result = await attempt(endpoint, delivery('one'), services, limits);
  expect(result).toEqual({ status: 200, delivered: true });
});
