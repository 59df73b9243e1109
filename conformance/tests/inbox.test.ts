import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { expectNoEvents } from '../assertions/deliveries.ts';
import { distinctEvents, eventsAbout, expectEvent } from '../assertions/events.ts';
import type { Exchange } from '../http/exchange.ts';
import { createEndpoints } from '../webhooks/endpoints.ts';
import { createEventLiveness } from '../webhooks/liveness.ts';
import type { RawDelivery, Receiver, Sink } from '../webhooks/sink.ts';

const { events } = readContract();
const encoder = new TextEncoder();

/** Deliveries that arrive when the test sends them. */
const stage = async (patience = { event: 50, silence: 0 }, types = events) => {
  const receivers: Receiver[] = [];
  const sink: Sink = {
    patience,
    open: (receiver) => {
      receivers.push(receiver);
      return { url: 'http://sink.test/1', close: () => receivers.splice(0) };
    },
    close: () => Promise.resolve(),
  };
  const exchanges: Exchange[] = [];
  const inspected: { delivery: RawDelivery; secret: string }[] = [];
  const interrupting = new AbortController();
  const options = { sink, events: types, interruption: interrupting.signal };
  const endpoints = createEndpoints(
    {
      ...options,
      liveness: createEventLiveness(),
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      inspectDelivery: (delivery, secret) => inspected.push({ delivery, secret }),
    },
    (e) => exchanges.push(e),
  );
  const addresses: string[] = [];
  const createEndpoint = (url: string) => {
    addresses.push(url);
    return Promise.resolve({ secret: 'whsec_1' });
  };
  const inbox = await endpoints.openerFor({ createEndpoint } as never)();
  const deliver = (body: string): void => {
    for (const { receive } of receivers) receive({ ...raw, body: encoder.encode(body) });
  };
  const send = (id: string, type: string, about: string): void => {
    deliver(JSON.stringify({ id, type, data: { id: about } }));
  };
  return { inbox, deliver, send, exchanges, inspected, addresses, interrupting, endpoints };
};

const raw: Omit<RawDelivery, 'body'> = {
  method: 'POST',
  url: 'http://sink.test/1',
  headers: {},
  arrivedAt: 0,
};

describe('the inbox', () => {
  it('gives the target its address, and the rules the secret', async () => {
    const { inbox, addresses } = await stage();
    expect(addresses).toEqual(['http://sink.test/1']);
    expect(inbox.secret).toBe('whsec_1');
  });

  it('waits for an event among those of others', async () => {
    const { inbox, send, deliver, exchanges } = await stage({ event: 5_000, silence: 0 });
    const coming = expectEvent(inbox, 'dossier.updated', 'ours');
    send('evt_1', 'dossier.updated', 'theirs');
    send('evt_2', 'dossier.created', 'ours');
    deliver('no JSON');
    deliver('[]');
    deliver('null');
    send('evt_3', 'dossier.updated', 'ours');
    expect((await coming).event?.id).toBe('evt_3');
    expect(exchanges.map(({ request }) => request.method)).toEqual(['POST']);
  });

  it('reports what arrived instead of the expected event', async () => {
    const { inbox, send } = await stage();
    await expect(expectEvent(inbox, 'note.created', 'n1')).rejects.toThrow('no delivery at all');
    send('evt_1', 'dossier.updated', 'd1');
    const other = expectEvent(inbox, 'dossier.created', 'd1');
    await expect(other).rejects.toThrow('but got dossier.updated within');
  });

  it('waits longer while other events still arrive', async () => {
    const { inbox, send } = await stage({ event: 400, silence: 0 });
    const coming = inbox.find(({ event }) => event?.id === 'evt_last');
    for (let count = 0; count < 8; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      send(`evt_${String(count)}`, 'dossier.created', 'theirs');
    }
    send('evt_last', 'dossier.created', 'ours');
    expect(await coming).toBeDefined();
  });

  it('does not wait for ever, however many events arrive', async () => {
    const { inbox, send } = await stage({ event: 50, silence: 0 });
    const crowd = setInterval(() => {
      send('evt_1', 'dossier.created', 'theirs');
    }, 10);
    expect(await inbox.find(({ event }) => event?.id === 'evt_last')).toBeUndefined();
    clearInterval(crowd);
  });

  it('counts an event once when it is delivered again', async () => {
    const { inbox, send } = await stage();
    for (const id of ['evt_1', 'evt_1', 'evt_2']) send(id, 'dossier.updated', 'd1');
    expect(inbox.deliveries()).toHaveLength(3);
    expect(distinctEvents(inbox)).toHaveLength(2);
    expect(eventsAbout(inbox, 'd1', 'dossier.updated')).toHaveLength(2);
    expect(eventsAbout(inbox, 'd1', 'dossier.deleted')).toEqual([]);
  });

  it('reports an event that must not arrive', async () => {
    const { inbox, send, exchanges } = await stage();
    const context = { offers: new Set([]), organization: () => Promise.reject(new Error()) };
    await expectNoEvents(context, inbox, [], 'nothing');
    send('evt_1', 'dossier.deleted', 'd1');
    const found = eventsAbout(inbox, 'd1');
    await expect(expectNoEvents(context, inbox, found, 'no dossier.deleted')).rejects.toThrow(
      'Expected no dossier.deleted, but got dossier.deleted.',
    );
    expect(exchanges).toHaveLength(1);
  });

  it('does not wait for omitted events', async () => {
    const { inbox } = await stage({ event: 60_000, silence: 0 }, ['dossier.created']);
    await expect(expectEvent(inbox, 'note.created', 'n1')).rejects.toMatchObject({
      outcome: 'omitted',
    });
  });

  it('stops waiting when the run is interrupted', async () => {
    const { inbox, interrupting } = await stage({ event: 60_000, silence: 0 });
    const coming = expectEvent(inbox, 'note.created', 'n1');
    interrupting.abort();
    await expect(coming).rejects.toThrow('interrupted');
  });

  it('drops the oldest deliveries of a busy endpoint', async () => {
    const { inbox, send } = await stage();
    for (let count = 0; count < 2_100; count += 1) send(`evt_${String(count)}`, 'x', 'd1');
    expect(inbox.deliveries()).toHaveLength(2_000);
    expect(inbox.deliveries()[0]?.event?.id).toBe('evt_100');
  });

  it('receives nothing after the rule has ended', async () => {
    const { inbox, send, endpoints } = await stage();
    endpoints.close();
    send('evt_1', 'dossier.updated', 'd1');
    expect(inbox.deliveries()).toEqual([]);
  });

  it('passes every delivery on for inspection, with the secret', async () => {
    const { deliver, inspected } = await stage();
    deliver('');
    expect(inspected).toMatchObject([
      { delivery: { body: encoder.encode('') }, secret: 'whsec_1' },
    ]);
  });

  it('leaves a rule not verified when nothing listens', async () => {
    const interruption = new AbortController().signal;
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const { openerFor } = createEndpoints(
      {
        ...{ sink: undefined, events, interruption, clock, inspectDelivery: () => undefined },
        liveness: createEventLiveness(),
      },
      () => 0,
    );
    await expect(openerFor({} as never)()).rejects.toMatchObject({ outcome: 'not-verified' });
  });
});
