import { beforeEach, describe, expect, it } from 'vitest';
import type { components } from '../../openapi/generated/control.ts';
import { useTestServer, type TestOrganization } from './test-server.ts';
import { addEndpoint, useReceiver } from './receiver.ts';

type Delivery = components['schemas']['Delivery'];

// Tests don't wait for these delays: they move the clock.
const retryDelays = [60_000, 120_000, 240_000] as const;
const api = useTestServer({}, { schedule: { timeout: 2_000, retryDelays } });
const receiver = useReceiver();

let own: TestOrganization;
let endpoint: { id: string; secret: string };
beforeEach(async () => {
  await api.control('POST', '/reset');
  own = await api.organization();
  endpoint = await addEndpoint(api, own.id, receiver.url);
});

const create = async (name: string): Promise<string> => {
  const json = { type: 'sales', name };
  return (await api.call('POST', '/dossiers', { key: own.key, json })).body.data.id;
};
const log = async (organization = own): Promise<Delivery[]> =>
  (await api.control<Delivery[]>('GET', `/organizations/${organization.id}/deliveries`)).body.data;
/** Resolves with the delivery log once it has this many entries. */
const logged = async (count: number): Promise<Delivery[]> => {
  for (;;) {
    const entries = await log();
    if (entries.length >= count) return entries;
  }
};
const advance = (seconds: number) =>
  api.control<{ now: string }>('PUT', '/clock', { advance_seconds: seconds });
describe('A delivery', () => {
  it('is logged as received with any 2xx, and as failed with anything else', async () => {
    for (const [index, status] of [200, 204, 299, 302, 410, 500].entries()) {
      receiver.react = (response) => void response.writeHead(status).end();
      own = await api.organization();
      await addEndpoint(api, own.id, receiver.url);
      await create(`Answered ${index}`);
      expect(await logged(1)).toMatchObject([{ status, delivered: status < 300 }]);
    }
  });

  it('has the same bytes on each attempt', async () => {
    receiver.react = (response) => void response.writeHead(500).end();
    await create('KLM');
    await logged(1);
    await advance(60);
    const [first, second] = await receiver.until(2);
    expect(second?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('is retried after growing delays, and given up after the last', async () => {
    receiver.react = (response) => void response.writeHead(500).end();
    await create('Doomed');
    for (const [index, pause] of retryDelays.entries()) {
      await logged(index + 1);
      await advance(pause / 1000 - 30);
      expect(await log()).toHaveLength(index + 1);
      await advance(30);
    }
    const attempts = await logged(retryDelays.length + 1);
    expect(attempts.map(({ attempt, delivered }) => [attempt, delivered])).toEqual(
      [1, 2, 3, 4].map((attempt) => [attempt, false]),
    );
    receiver.react = (response) => void response.writeHead(200).end();
    await create('Next');
    expect((await logged(5))[4]).toMatchObject({ attempt: 1, delivered: true });
  });

  it('fails when the receiver takes too long, or cannot be reached', async () => {
    receiver.react = () => undefined;
    await create('Silent');
    expect(await logged(1)).toEqual([
      expect.objectContaining({ status: null, delivered: false, event_type: 'dossier.created' }),
    ]);
    own = await api.organization();
    await addEndpoint(api, own.id, 'http://127.0.0.1:1/nobody');
    await create('Nobody');
    expect((await logged(1))[0]).toMatchObject({ status: null, delivered: false });
  });

  it('delays the later ones to its endpoint, which follow in order, but no other endpoint', async () => {
    await addEndpoint(api, own.id, `${receiver.url}/healthy`);
    receiver.react = (response, { path }) =>
      void response.writeHead(path === '/healthy' ? 200 : 500).end();
    const names = ['One', 'Two', 'Three', 'Four', 'Five'];
    for (const name of names) await create(name);
    const namesAt = (wanted: string) =>
      receiver.received
        .filter(({ path }) => path === wanted)
        .map(({ event }) => event.data['name']);
    await logged(names.length + 1);
    expect([namesAt('/healthy'), namesAt('/')]).toEqual([names, ['One']]);
    receiver.react = (response) => void response.writeHead(200).end();
    await advance(60);
    await logged(2 * names.length + 1);
    expect(namesAt('/')).toEqual(['One', ...names]);
  });

  it('arrives once for each of a hundred simultaneous changes', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `Dossier ${index}`);
    const ids = await Promise.all(names.map(create));
    const requests = await receiver.until(100);
    expect(requests.map(({ event }) => event.data['id']).sort()).toEqual(ids.sort());
    expect(new Set(requests.map(({ event }) => event.id)).size).toBe(100);
  });
});

describe('A receiver', () => {
  it('gets no more events of a deleted organisation', async () => {
    receiver.react = (response) => void response.writeHead(500).end();
    await create('KLM');
    await logged(1);
    const gone = own;
    await api.control('DELETE', `/organizations/${gone.id}`);
    own = await api.organization();
    await addEndpoint(api, own.id, `${receiver.url}/other`);
    receiver.react = (response) => void response.writeHead(200).end();
    await advance(100_000);
    await create('Other');
    expect((await receiver.until(2)).map(({ path }) => path)).toEqual(['/', '/other']);
    expect((await api.control('GET', `/organizations/${gone.id}/deliveries`)).status).toBe(404);
  });
});

describe('The events of one request', () => {
  it('are sent in the order updated, stage_changed, deleted', async () => {
    const { body } = await api.call<{ stages: { id: string }[] }[]>(
      'GET',
      '/flows?type=sales',
      own,
    );
    const id = await create('KLM');
    const json = { status: 'archived', current_stage_id: body.data[0]?.stages[1]?.id };
    await api.call('PATCH', `/dossiers/${id}`, { key: own.key, json });
    const types = (await receiver.until(4)).map(({ event }) => event.type);
    expect(types.slice(1)).toEqual(['dossier.updated', 'dossier.stage_changed', 'dossier.deleted']);
  });
});

describe('The delivery log', () => {
  it('lists every attempt of the organisation, the oldest first', async () => {
    expect(await log()).toEqual([]);
    await create('KLM');
    const [request] = await receiver.until(1);
    expect(await logged(1)).toEqual([
      {
        endpoint_id: endpoint.id,
        event_id: request?.event.id,
        event_type: 'dossier.created',
        attempt: 1,
        status: 200,
        delivered: true,
        attempted_at: expect.stringMatching(/Z$/) as string,
        reason: 'Received: status 200.',
        ...{ outcome: 'received', next_attempt_at: null, endpoint_state: 'active' },
        request: expect.objectContaining({ body: request?.bytes.toString() }) as object,
        answer: expect.objectContaining({ status: 200, body_end: 'whole' }) as object,
      },
    ]);
    expect(await log(await api.organization())).toEqual([]);
  });
});
