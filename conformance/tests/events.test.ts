import { describe, expect, it } from 'vitest';
import { openSinkFor } from '../commands/session.ts';
import type { Capability, WebhookAddress } from '../targets/target.ts';

const listen = { host: '127.0.0.1', port: 0 };
const now = () => 0;

const open = (url: string, offers: readonly Capability[], more: Partial<WebhookAddress> = {}) =>
  openSinkFor({ url, offers: new Set(offers), webhook: { listen, ...more } }, { now });

/** The URL that a target gets, if any. */
const addressFor = async (...parameters: Parameters<typeof open>) => {
  const sink = await open(...parameters);
  const url = sink?.open({ receive: () => undefined }).url;
  await sink?.close();
  return url;
};

const here = 'http://localhost:4020/api/v1';
const elsewhere = 'https://test.example.com/api/v1';
const publicUrl = 'https://hooks.example.com/in';

describe('the receiver of events of a run', () => {
  it('listens for a target on this machine where endpoints can be created', async () => {
    const own = await addressFor(here, ['webhooks', 'own-endpoints']);
    expect(own).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{36}$/);
  });

  it('is not created when no events can arrive', async () => {
    expect(await addressFor(here, [])).toBeUndefined();
    expect(await addressFor(elsewhere, ['webhooks', 'own-endpoints'])).toBeUndefined();
  });

  it('has a public address for a target on another machine', async () => {
    const own = await addressFor(elsewhere, ['webhooks', 'own-endpoints'], { publicUrl });
    expect(own).toMatch(/^https:\/\/hooks\.example\.com\/in\/[\w-]{36}$/);
  });

  it('waits ten seconds for an event, or as long as configured', async () => {
    const patienceOf = async (more: Partial<WebhookAddress>) => {
      const sink = await open(here, ['webhooks', 'own-endpoints'], more);
      await sink?.close();
      return sink?.patience.event;
    };
    expect(await patienceOf({})).toBe(10_000);
    expect(await patienceOf({ patience: 90_000 })).toBe(90_000);
  });

  it('receives events at the one endpoint that the user created', async () => {
    const secret = 'whsec_1';
    expect(await addressFor(elsewhere, ['webhooks'], { publicUrl, secret })).toBe(publicUrl);
  });
});
