import { beforeEach, describe, expect, it } from 'vitest';
import type { components } from '../../openapi/generated/control.ts';
import { useTestServer, type TestOrganization } from './test-server.ts';
import { addEndpoint, useReceiver } from './receiver.ts';

type Delivery = components['schemas']['Delivery'];
type Endpoint = components['schemas']['WebhookEndpoint'];

// Tests don't wait for these delays: they move the clock.
const schedule = {
  ...{ timeout: 2_000, retryDelays: [10_000] as const },
  ...{ pauseAfter: 3, pausedDelays: [60_000, 120_000] as const },
};
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);
const queueLimits = { events: 5, bytes: 100_000 };
const api = useTestServer({}, { schedule, queueLimits, log });
const receiver = useReceiver();

let own: TestOrganization;
beforeEach(async () => {
  await api.control('POST', '/reset');
  own = await api.organization();
});

const create = async (name: string): Promise<void> => {
  const json = { type: 'sales', name };
  await api.call('POST', '/dossiers', { key: own.key, json });
};
const at = (path: string): string => `/organizations/${own.id}${path}`;
const entries = async (): Promise<Delivery[]> =>
  (await api.control<Delivery[]>('GET', at('/deliveries'))).body.data;
/** Resolves with the delivery log once it has this many entries. */
const logged = async (count: number): Promise<Delivery[]> => {
  for (;;) {
    const found = await entries();
    if (found.length >= count) return found;
  }
};
const endpoints = async (): Promise<Endpoint[]> =>
  (await api.control<Endpoint[]>('GET', at('/webhook-endpoints'))).body.data;
const advance = (seconds: number) => api.control('PUT', '/clock', { advance_seconds: seconds });
const refuse = (): void => {
  receiver.react = (response) => void response.writeHead(503).end('Restarting.');
};
const accept = (): void => {
  receiver.react = (response) => void response.writeHead(200).end();
};
const namesReceived = (): unknown[] => receiver.received.map(({ event }) => event.data['name']);

describe('The url of an endpoint', () => {
  it.each([
    ['', 'url must be an absolute URL'],
    ['nonsense', 'url must be an absolute URL'],
    ['https://münchen.example/', 'in their xn-- form'],
    ['http://127.0.0.1/a b', 'a blank: %20'],
    ['ftp://example.com/x', 'url must begin with http:// or https://'],
    ['mailto:a@b.example', 'url must begin with http:// or https://'],
    ['http:example.com', 'url must begin with http:// or https://'],
    ['http://x:99999', 'a port from 1 to 65535'],
    ['http://x:0/', 'a port from 1 to 65535'],
    ['http://me%3Ayou:secret@x.example/', 'a user without a colon'],
    ['http://me:%ff@x.example/', 'percent-encoded UTF-8'],
    ['http://me:a%0Ab@x.example/', 'without control characters'],
    [`http://x.example/${'a'.repeat(2_000)}`, 'url must have at most 2000 characters.'],
  ])('must be valid (case %#)', async (url, message) => {
    const { status, body } = await api.control('POST', at('/webhook-endpoints'), { url });
    expect([status, body.error.code]).toEqual([400, 'invalid_body']);
    expect(body.error.message).toContain(message);
    expect(body.error.message).not.toContain('otherwise');
  });

  it('may contain a user and password, which are sent and never shown', async () => {
    const url = receiver.url.replace('//', '//me:s3cret-w0rd@');
    expect((await addEndpoint(api, own.id, url)).url).toBe(url);
    await create('KLM');
    const [request] = await receiver.until(1);
    const basic = Buffer.from('me:s3cret-w0rd').toString('base64');
    expect(request?.headers.authorization).toBe(`Basic ${basic}`);
    const shown = JSON.stringify([await logged(1), await endpoints(), lines]);
    expect(shown).toContain('//me:***@');
    expect(shown).not.toContain('s3cret-w0rd');
    expect(shown).not.toContain(basic);
  });
});

describe('An endpoint with too many consecutive failures', () => {
  /** Makes two events fail, the first finally, until the endpoint is paused. */
  const letPause = async (): Promise<void> => {
    await addEndpoint(api, own.id, receiver.url);
    refuse();
    await create('One');
    await create('Two');
    await create('Three');
    await logged(1);
    await advance(10);
    await logged(3);
  };

  it('is paused, which the log and the list of endpoints show', async () => {
    await letPause();
    const [first, second, third, ...none] = await logged(3);
    expect(none).toEqual([]);
    expect(first).toMatchObject({
      ...{ attempt: 1, status: 503, outcome: 'retry', endpoint_state: 'failing' },
      ...{
        answer: { body: 'Restarting.' },
        next_attempt_at: expect.stringMatching(/Z$/) as string,
      },
    });
    expect(second).toMatchObject({ attempt: 2, outcome: 'given_up', next_attempt_at: null });
    expect(second?.reason).toMatch(/^Status 503; .* No more attempts after 2\.$/);
    expect(third).toMatchObject({ attempt: 1, outcome: 'retry', endpoint_state: 'paused' });
    expect(third?.reason).toMatch(
      /After 3 consecutive failures the endpoint is paused, 1 event waiting after this one; the next/,
    );
    const [endpoint] = await endpoints();
    expect(endpoint).toMatchObject({
      ...{ state: 'paused', failures_in_a_row: 3, waiting_events: 2, dropped_events: 0 },
      ...{ next_attempt_at: third?.next_attempt_at, most_waiting_events: 5 },
      paused_since: third?.attempted_at,
    });
    const shown = `webhook dossier.created to ${receiver.url}, attempt 1: ${third?.reason ?? ''}`;
    expect(lines.filter((line) => line.endsWith(shown))).toHaveLength(1);
  });

  it('gets occasional attempts, after growing delays up to a maximum', async () => {
    await letPause();
    for (const [count, rest] of [60, 120, 120].entries()) {
      await advance(rest - 5);
      expect(await entries()).toHaveLength(3 + count);
      await advance(5);
      await logged(4 + count);
    }
    const outcomes = (await entries()).slice(3).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['given_up', 'retry', 'given_up']);
  });

  it('is active again when an event is received, and the others follow', async () => {
    await letPause();
    accept();
    await advance(60);
    const [, , , resumed, next] = await logged(5);
    expect(resumed).toMatchObject({ outcome: 'received', endpoint_state: 'active', attempt: 2 });
    expect(resumed?.reason).toMatch(
      /paused since .*, is active again; 1 event in its queue follow/,
    );
    expect(next).toMatchObject({ outcome: 'received', endpoint_state: 'active', attempt: 1 });
    expect(namesReceived()).toEqual(['One', 'One', 'Two', 'Two', 'Three']);
    expect(await endpoints()).toMatchObject([
      { state: 'active', failures_in_a_row: 0, paused_since: null, next_attempt_at: null },
    ]);
  });

  it('does not delay other endpoints of its organisation', async () => {
    await letPause();
    receiver.received.splice(0);
    await addEndpoint(api, own.id, `${receiver.url}/other`);
    accept();
    await create('Four');
    const [request] = await receiver.until(1);
    expect(request?.path).toBe('/other');
  });
});

describe('A queue that is full', () => {
  it('drops the second oldest, logs that once, and counts', async () => {
    await addEndpoint(api, own.id, receiver.url);
    refuse();
    for (const name of ['1', '2', '3', '4', '5', '6', '7', '8']) await create(name);
    await logged(2);
    const dropped = (await entries()).filter(({ outcome }) => outcome === 'dropped');
    expect(dropped).toMatchObject([{ attempt: 0, status: null, delivered: false }]);
    expect(dropped[0]?.reason).toMatch(
      /^Dropped without being sent: at most 5 events and 100000 by/,
    );
    expect(await endpoints()).toMatchObject([{ waiting_events: 5, dropped_events: 3 }]);
    receiver.received.splice(0);
    accept();
    await advance(10);
    await receiver.until(5);
    expect(namesReceived()).toEqual(['1', '5', '6', '7', '8']);
    await logged(7);
    expect(await endpoints()).toMatchObject([{ waiting_events: 0, dropped_events: 3 }]);
  });

  it('is also limited by the total size of its events', async () => {
    await addEndpoint(api, own.id, receiver.url);
    refuse();
    for (const size of [10, 40_000, 50_000, 90_000]) await create('x'.repeat(size));
    const [endpoint] = await endpoints();
    expect(endpoint).toMatchObject({ waiting_events: 2, dropped_events: 2 });
    expect(endpoint?.waiting_bytes).toBeGreaterThan(90_000);
    expect(endpoint?.waiting_bytes).toBeLessThan(100_000);
  });
});
