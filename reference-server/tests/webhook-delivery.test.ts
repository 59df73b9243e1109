import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { components } from '../../openapi/generated/control.ts';
import { useLab, type TestOrganization } from './lab.ts';
import { addEndpoint, useReceiver } from './receiver.ts';

type Delivery = components['schemas']['Delivery'];

// Pauses that no test waits for by itself: it moves the clock.
const pauses = [60_000, 120_000, 240_000] as const;
const lab = useLab({}, { schedule: { timeout: 2_000, pauses } });
const receiver = useReceiver();

let own: TestOrganization;
let endpoint: { id: string; secret: string };
beforeEach(async () => {
  await lab.control('POST', '/reset');
  own = await lab.organization();
  endpoint = await addEndpoint(lab, own.id, receiver.url);
});

const create = async (name: string): Promise<string> => {
  const json = { type: 'sales', name };
  return (await lab.call('POST', '/dossiers', { key: own.key, json })).body.data.id;
};
const log = async (organization = own): Promise<Delivery[]> =>
  (await lab.control<Delivery[]>('GET', `/organizations/${organization.id}/deliveries`)).body.data;
/** Resolves with the delivery log once it has so many entries. */
const logged = async (count: number): Promise<Delivery[]> => {
  for (;;) {
    const entries = await log();
    if (entries.length >= count) return entries;
  }
};
const advance = (seconds: number) =>
  lab.control<{ now: string }>('PUT', '/clock', { advance_seconds: seconds });
const signatureOf = (headers: { [name: string]: unknown }): { t: string; v1: string } => {
  const [, t = '', v1 = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-leadgrid-signature'])) ?? [];
  return { t, v1 };
};
const sign = (secret: string, t: string, bytes: Buffer): string =>
  createHmac('sha256', secret).update(`${t}.`).update(bytes).digest('hex');

describe('A webhook request', () => {
  it('is a POST of JSON (LG-WEB-002, LG-WEB-003)', async () => {
    await create('KLM');
    const [request] = await receiver.until(1);
    expect([request?.method, request?.headers['content-type']]).toEqual([
      'POST',
      'application/json',
    ]);
  });

  it('is signed over the exact bytes with the secret as text (LG-SIG-001, LG-SIG-002, LG-SIG-003, LG-SIG-004, LG-SIG-005, LG-SIG-006, LG-SIG-010)', async () => {
    await create('"ü" <b> \u2028 🙂 e\u0301 עברית');
    const [request] = await receiver.until(1);
    if (!request) throw new Error('Nothing was received.');
    const { t, v1 } = signatureOf(request.headers);
    expect(v1).toBe(sign(endpoint.secret, t, request.bytes));
    const tampered = Buffer.from(request.bytes.toString().replace('sales', 'Sales'));
    expect(v1).not.toBe(sign(endpoint.secret, t, tampered));
  });

  it('says when it was made, in seconds by the clock of the server (LG-SIG-008, LG-SIG-009, LG-GEN-058)', async () => {
    const { body } = await advance(86_400);
    await create('Tomorrow');
    const [request] = await receiver.until(1);
    const seconds = Number(signatureOf(request?.headers ?? {}).t);
    expect(seconds - Date.parse(body.data.now) / 1000).toBeGreaterThanOrEqual(0);
    expect(seconds - Date.parse(body.data.now) / 1000).toBeLessThan(60);
    const { created_at, data } = request?.event ?? {};
    expect(created_at).toBe(data?.['created_at']);
    expect(Math.abs(seconds - Date.parse(created_at ?? '') / 1000)).toBeLessThan(60);
  });

  it('to another endpoint is signed with the secret of that one (LG-SIG-011)', async () => {
    const second = await addEndpoint(lab, own.id, `${receiver.url}/second`);
    expect(second.secret).not.toBe(endpoint.secret);
    await create('KLM');
    for (const { path, headers, bytes } of await receiver.until(2)) {
      const { t, v1 } = signatureOf(headers);
      const { secret } = path === '/second' ? second : endpoint;
      expect(v1).toBe(sign(secret, t, bytes));
    }
  });
});

describe('A delivery', () => {
  it.each([200, 201, 202, 204, 299])('is over with %d (LG-WEB-037)', async (status) => {
    receiver.react = (response) => void response.writeHead(status).end();
    await create('KLM');
    expect(await logged(1)).toEqual([expect.objectContaining({ status, delivered: true })]);
    await advance(100_000);
    await create('Next');
    const events = (await receiver.until(2)).map(({ event }) => event.data['name']);
    expect(events).toEqual(['KLM', 'Next']);
  });

  it.each([302, 400, 404, 410, 429, 500, 503])(
    'is tried again after %d (LG-WEB-037, LG-WEB-039)',
    async (status) => {
      const elsewhere = { Location: `${receiver.url}/elsewhere` };
      receiver.react = (response) => void response.writeHead(status, elsewhere).end();
      await create('KLM');
      expect(await logged(1)).toEqual([expect.objectContaining({ status, delivered: false })]);
      receiver.react = (response) => void response.writeHead(204).end();
      await advance(60);
      const requests = await receiver.until(2);
      expect(requests.map(({ path }) => path)).toEqual(['/', '/']);
      expect((await logged(2))[1]).toMatchObject({ attempt: 2, status: 204, delivered: true });
    },
  );

  it('keeps its id, its moment and its bytes on each attempt, with a signature of its own (LG-WEB-005, LG-WEB-008, LG-SIG-009)', async () => {
    receiver.react = (response) => void response.writeHead(500).end();
    await create('KLM');
    await logged(1);
    await advance(60);
    const [first, second] = await receiver.until(2);
    expect(second?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
    const [one, two] = [signatureOf(first?.headers ?? {}), signatureOf(second?.headers ?? {})];
    expect(Number(two.t) - Number(one.t)).toBeGreaterThanOrEqual(60);
    expect(two.v1).toBe(sign(endpoint.secret, two.t, second?.bytes ?? Buffer.alloc(0)));
  });

  it('is tried after growing pauses, and given up after the last (LG-WEB-039)', async () => {
    receiver.react = (response) => void response.writeHead(500).end();
    await create('Doomed');
    for (const [index, pause] of pauses.entries()) {
      await logged(index + 1);
      await advance(pause / 1000 - 30);
      expect(await log()).toHaveLength(index + 1);
      await advance(30);
    }
    const attempts = await logged(pauses.length + 1);
    expect(attempts.map(({ attempt, delivered }) => [attempt, delivered])).toEqual(
      [1, 2, 3, 4].map((attempt) => [attempt, false]),
    );
    receiver.react = (response) => void response.writeHead(200).end();
    await create('Next');
    expect((await logged(5))[4]).toMatchObject({ attempt: 1, delivered: true });
  });

  it('fails when the receiver takes too long, or cannot be reached (LG-WEB-038)', async () => {
    receiver.react = () => undefined;
    await create('Silent');
    expect(await logged(1)).toEqual([
      expect.objectContaining({ status: null, delivered: false, event_type: 'dossier.created' }),
    ]);
    own = await lab.organization();
    await addEndpoint(lab, own.id, 'http://127.0.0.1:1/nobody');
    await create('Nobody');
    expect((await logged(1))[0]).toMatchObject({ status: null, delivered: false });
  });

  it('holds up the later ones to its endpoint, which follow in order, and no other endpoint (LG-WEB-040)', async () => {
    await addEndpoint(lab, own.id, `${receiver.url}/healthy`);
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

  it('of a hundred simultaneous changes comes once each', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `Dossier ${index}`);
    const ids = await Promise.all(names.map(create));
    const requests = await receiver.until(100);
    expect(requests.map(({ event }) => event.data['id']).sort()).toEqual(ids.sort());
    expect(new Set(requests.map(({ event }) => event.id)).size).toBe(100);
  });
});

describe('A receiver', () => {
  it('that never answers delays no answer of the API (LG-WEB-036)', async () => {
    let release: (() => void) | undefined;
    receiver.react = (response) => {
      release = () => void response.writeHead(200).end();
    };
    await create('Held');
    await receiver.until(1);
    // The receiver has the first event and keeps silent; all of this is answered all the same.
    await Promise.all(['One', 'Two', 'Three'].map(create));
    expect(await log()).toEqual([]);
    receiver.react = (response) => void response.writeHead(200).end();
    release?.();
    await logged(4);
  });

  it('hears no more of an organisation that is gone', async () => {
    receiver.react = (response) => void response.writeHead(500).end();
    await create('KLM');
    await logged(1);
    const gone = own;
    await lab.control('DELETE', `/organizations/${gone.id}`);
    own = await lab.organization();
    await addEndpoint(lab, own.id, `${receiver.url}/other`);
    receiver.react = (response) => void response.writeHead(200).end();
    await advance(100_000);
    await create('Other');
    expect((await receiver.until(2)).map(({ path }) => path)).toEqual(['/', '/other']);
    expect((await lab.control('GET', `/organizations/${gone.id}/deliveries`)).status).toBe(404);
  });
});

describe('The delivery log', () => {
  it('names every attempt of the organisation, the oldest first', async () => {
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
        reason: 'Received: answered 200.',
        ...{ outcome: 'received', next_attempt_at: null, endpoint_state: 'active' },
        request: expect.objectContaining({ body: request?.bytes.toString() }) as object,
        answer: expect.objectContaining({ status: 200, body_end: 'whole' }) as object,
      },
    ]);
    expect(await log(await lab.organization())).toEqual([]);
  });
});
