import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Breakdown } from '../errors.ts';
import { withTimeout } from '../http/timeout.ts';
import { createTransport } from '../http/transport.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const serve = async (answer: Parameters<typeof createServer>[1]) => {
  const server = createServer({}, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close().closeAllConnections();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
};

const patient = new AbortController().signal;
const send = (url: string, interruption = patient, limit = 100) =>
  withTimeout(createTransport(), limit, interruption)({ method: 'GET', url, headers: {} });

describe('waiting for a response', () => {
  it('ends in a sentence that names the request and the next step', async () => {
    const url = await serve(() => undefined);
    const failure = send(url);
    await expect(failure).rejects.toThrow(Breakdown);
    await expect(failure).rejects.toThrow(`GET ${url} got no response within 100 ms`);
    await expect(failure).rejects.toThrow('--timeout');
  });

  it('counts the body too', async () => {
    const url = await serve((_, response) => response.write('{"data":'));
    await expect(send(url)).rejects.toThrow('got no response within 100 ms');
  });

  it('distinguishes a refused connection from a slow response', async () => {
    await expect(send('http://127.0.0.1:1/', patient, 5_000)).rejects.toThrow(
      /ECONNREFUSED|bad port/,
    );
  });

  it('stops when the run is interrupted', async () => {
    const url = await serve(() => undefined);
    const interruption = new AbortController();
    const failure = send(url, interruption.signal, 60_000);
    interruption.abort();
    await expect(failure).rejects.toThrow('The run was interrupted.');
  });
});
