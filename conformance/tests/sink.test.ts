import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Breakdown } from '../errors.ts';
import { openSink, type RawDelivery, type Sink, type SinkOptions } from '../webhooks/sink.ts';

const open: Sink[] = [];
const start = async (options: Partial<SinkOptions> = {}): Promise<Sink> => {
  const listen = { host: '127.0.0.1', port: 0 };
  const sink = await openSink({ listen, newName: randomUUID, now: () => 1_000, ...options });
  open.push(sink);
  return sink;
};

afterEach(async () => {
  for (const sink of open.splice(0)) await sink.close();
});

/** An endpoint, and everything that it received. */
const endpoint = (sink: Sink) => {
  const received: RawDelivery[] = [];
  return { received, ...sink.open({ receive: (delivery) => received.push(delivery) }) };
};

const post = (
  url: string,
  body: string | Uint8Array<ArrayBuffer> = '{}',
  headers: Record<string, string> = {},
) => fetch(url, { method: 'POST', body, headers, redirect: 'manual' });

describe('the sink', () => {
  it('keeps method, headers, time and the exact bytes', async () => {
    const { url, received } = endpoint(await start());
    const bytes = new Uint8Array([0x7b, 0xff, 0x00, 0xc3]);
    const { status } = await post(url, bytes, { 'X-LeadGrid-Signature': 't=1,v1=ab' });
    expect(status).toBe(200);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'POST', url, arrivedAt: 1_000 });
    expect(received[0]?.headers['x-leadgrid-signature']).toBe('t=1,v1=ab');
    expect([...(received[0]?.body ?? [])]).toEqual([...bytes]);
  });

  it('gives each endpoint its own path and its own deliveries', async () => {
    const sink = await start();
    const [one, other] = [endpoint(sink), endpoint(sink)];
    expect(one.url).not.toBe(other.url);
    await post(one.url);
    expect([one.received.length, other.received.length]).toEqual([1, 0]);
  });

  it('refuses any other path', async () => {
    const sink = await start();
    const { url, received } = endpoint(sink);
    expect((await post(`${url}x`)).status).toBe(404);
    expect(received).toEqual([]);
  });

  it('refuses requests to a closed endpoint, but shows them', async () => {
    const sink = await start();
    const { url, received, close } = endpoint(sink);
    close();
    expect((await post(url)).status).toBe(404);
    expect(received).toHaveLength(1);
  });

  it('shows requests of every method, also without a body', async () => {
    const { url, received } = endpoint(await start());
    await fetch(url);
    await fetch(url, { method: 'DELETE' });
    await post(url, '');
    expect(received.map(({ method, body }) => [method, body.length])).toEqual([
      ['GET', 0],
      ['DELETE', 0],
      ['POST', 0],
    ]);
  });

  it('responds as its receiver says, also with a redirect or after a delay', async () => {
    const sink = await start();
    const location = 'http://127.0.0.1:9/';
    const answers = [{ status: 503 }, { status: 307, headers: { location } }, { status: 204 }];
    const { url } = sink.open({
      receive: () => undefined,
      answer: async () => {
        await Promise.resolve();
        return answers.shift() ?? { status: 200 };
      },
    });
    expect((await post(url)).status).toBe(503);
    const moved = await post(url);
    expect([moved.status, moved.headers.get('location')]).toEqual([307, location]);
    expect((await post(url)).status).toBe(204);
  });

  it('lets a sender wait for ever, and releases it when it is closed', async () => {
    const sink = await start();
    const { url } = sink.open({
      receive: () => undefined,
      answer: () => new Promise(() => undefined),
    });
    const waiting = post(url).then(
      () => 'answered',
      () => 'broken off',
    );
    await post(`${url}x`);
    await sink.close();
    open.splice(0);
    expect(await waiting).toBe('broken off');
  });

  it('has a public address for targets, whatever a proxy does to the path', async () => {
    const sink = await start({ publicUrl: 'https://hooks.example.com/leadgrid/' });
    const local = endpoint(await start()).url;
    const { url, received } = endpoint(sink);
    expect(url).toMatch(/^https:\/\/hooks\.example\.com\/leadgrid\/[\w-]{36}$/);
    expect(local).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{36}$/);
    expect(received).toEqual([]);
  });

  it('gives every delivery to every receiver when there is one standing endpoint', async () => {
    const sink = await start({ standing: true, publicUrl: 'https://hooks.example.com/leadgrid' });
    const [one, other] = [endpoint(sink), endpoint(sink)];
    expect([one.url, other.url]).toEqual(Array(2).fill('https://hooks.example.com/leadgrid'));
    const direct = await start({ standing: true });
    const receiver = endpoint(direct);
    await post(`${receiver.url}/any/path`);
    expect(receiver.received).toHaveLength(1);
  });

  it('accepts deliveries without a receiver when there is one standing endpoint', async () => {
    const { url, received, close } = endpoint(await start({ standing: true }));
    close();
    const { status } = await post(url);
    expect(status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('drops requests that are too large for an event', async () => {
    const { url, received } = endpoint(await start());
    const { status } = await post(url, new Uint8Array(33 * 1024 * 1024));
    expect(status).toBe(413);
    expect(received).toMatchObject([{ method: 'POST', tooLarge: true, body: new Uint8Array() }]);
  });

  it('cuts off a request without an end', async () => {
    const { url, received } = endpoint(await start());
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const sending = request(url, { method: 'POST' });
    const failed = once(sending, 'error');
    const flood = (): void => {
      while (!sending.destroyed && sent < 1_000 && sending.write(chunk)) sent += 1;
      if (!sending.destroyed) sending.once('drain', flood);
    };
    flood();
    await failed;
    expect(sent).toBeLessThan(500);
    expect(received).toMatchObject([{ method: 'POST', tooLarge: true, body: new Uint8Array() }]);
  });

  it("explains what to do when it can't listen", async () => {
    const { url } = endpoint(await start());
    const listen = { host: '127.0.0.1', port: Number(new URL(url).port) };
    const failing = start({ listen });
    await expect(failing).rejects.toThrow(Breakdown);
    await expect(failing).rejects.toThrow('Name another address, or port 0');
  });
});
