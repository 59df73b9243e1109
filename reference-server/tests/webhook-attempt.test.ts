import { describe, expect, it } from 'vitest';
import { createSend } from '../runtime/http-client.ts';
import { type RawReceiver, useRawReceivers } from './raw-receiver.ts';
import { attemptAt, untilConnectionsClose } from './webhook-attempts.ts';

const openRaw = useRawReceivers();

const respondWith = (text: string): Promise<RawReceiver> =>
  openRaw((socket) => {
    socket.once('data', () => {
      socket.write(text, 'latin1');
    });
    socket.once('end', () => {
      socket.end();
    });
  });

describe('An attempt without a response explains why', () => {
  it('when the name is unknown', async () => {
    const { reason, status } = await attemptAt('http://nobody.invalid/hook');
    expect(status).toBeNull();
    expect(reason).toMatch(/^The name nobody\.invalid (does not exist|could not be looked up)/);
  });

  it('when the connection is refused', async () => {
    const { host } = await openRaw(() => undefined);
    const gone = `127.0.0.1:${Number(host.split(':')[1]) === 9 ? 10 : 9}`;
    expect(await attemptAt(`http://${gone}/`)).toEqual({
      ...{ status: null, delivered: false, response: null },
      reason: `${gone} refused the connection. Start the receiver, or check the port of the url.`,
      request: expect.objectContaining({ body: '{"id":"evt_one"}', body_bytes: 16 }) as object,
    });
  });

  it('when it times out, and destroys the connection', async () => {
    const silent = await openRaw(() => undefined);
    const { reason, status } = await attemptAt(`http://${silent.host}/`, { timeout: 100 });
    expect(status).toBeNull();
    expect(reason).toBe(
      'Timed out after 0.1 s: the event was sent, but no response arrived. A receiver should respond first and process the event afterwards.',
    );
    await untilConnectionsClose(silent);
  });

  it('when the receiver stops reading', async () => {
    const paused = await openRaw((socket) => socket.pause());
    const body = 'x'.repeat(32 * 1024 ** 2);
    const { reason } = await attemptAt(`http://${paused.host}/`, { timeout: 500, body });
    expect(reason).toBe(
      `Timed out after 0.5 s: ${paused.host} accepted the connection, but did not read the whole event.`,
    );
  });

  it('when the name is still being looked up, which does not delay names of this machine', async () => {
    const asked: string[] = [];
    const send = createSend({
      lookup: (hostname, _options, callback) => {
        asked.push(hostname);
        if (hostname === 'localhost') callback(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });
    const names = ['one.test', 'one.test', 'two.test', 'three.test'];
    const stuck = await Promise.all(
      names.map((name) => attemptAt(`http://${name}/`, { send, timeout: 100 })),
    );
    for (const { reason } of stuck) expect(reason).toMatch(/^Timed out.*still being looked up/);
    // The third name waits: the other threads are for the database.
    expect(asked).toEqual(['one.test', 'two.test']);
    const { host } = await respondWith('HTTP/1.1 204 No Content\r\n\r\n');
    const url = `http://${host.replace('127.0.0.1', 'localhost')}/`;
    expect(await attemptAt(url, { send })).toMatchObject({ status: 204 });
  });

  it.each([
    ['the TLS handshake is not finished', 'https', () => undefined, /^Timed out.*TLS handshake/],
    ['the connection is closed', 'http', 'end', /closed the connection before it responded/],
    ['the connection is reset', 'http', 'resetAndDestroy', /closed the connection before/],
    ['it is closed in the TLS handshake', 'https', 'end', /during the TLS handshake.*http:\/\//],
  ] as const)('when %s', async (_, scheme, action, reason) => {
    const receiver = await openRaw((socket) => {
      socket.once('data', () => {
        if (typeof action === 'string') socket[action]();
      });
    });
    const result = await attemptAt(`${scheme}://${receiver.host}/`, { timeout: 300 });
    expect(result).toMatchObject({ status: null, delivered: false, response: null });
    expect(result.reason).toMatch(reason);
    await untilConnectionsClose(receiver);
  });

  it.each([
    ['is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', /is not HTTP \(.+\)\. Check the port of the url\.$/],
    ['ends in its head', 'HTTP/1.1 200 OK\r\nContent-', /^Timed out|closed|not HTTP/],
    [
      'has an endless head',
      `HTTP/1.1 200 OK\r\n${'X-Filler: 0123456789\r\n'.repeat(2_000)}`,
      /^The head of the response is larger than 16 KB/,
    ],
    ['is in TLS', '\x15\x03\x01\x00\x02\x02\x46', /responded in TLS\. Write https:\/\//],
  ])('when the response %s', async (_, text, reason) => {
    const receiver = await respondWith(text);
    const result = await attemptAt(`http://${receiver.host}/`, { timeout: 300 });
    expect(result).toMatchObject({ status: null, delivered: false, response: null });
    expect(result.reason).toMatch(reason);
    await untilConnectionsClose(receiver);
  });

  it('when the receiver does not speak TLS', async () => {
    const receiver = await respondWith('HTTP/1.1 400 Bad Request\r\n\r\n');
    const { reason } = await attemptAt(`https://${receiver.host}/`);
    expect(reason).toBe(
      `${receiver.host} does not speak TLS. If it serves plain HTTP, write http:// in the url.`,
    );
  });
});

describe('An attempt with a response', () => {
  it('succeeds by the status, even if the body is endless', async () => {
    let written = 0;
    const endless = await openRaw((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        const pour = (): void => {
          while (!socket.destroyed && socket.write(`400\r\n${'x'.repeat(1024)}\r\n`))
            written += 1024;
        };
        socket.on('drain', pour);
        pour();
      });
    });
    const result = await attemptAt(`http://${endless.host}/`);
    expect(result).toMatchObject({ status: 200, delivered: true });
    expect(result.reason).toMatch(/^Received: status 200\. .*too large for this log/);
    expect(result.response).toMatchObject({ body: 'x'.repeat(2_000), body_end: 'cut' });
    await untilConnectionsClose(endless);
    // Not more than the socket buffers.
    expect(written).toBeLessThan(20 * 1024 ** 2);
  });

  it('waits a second for a slow body, and not for a broken one', async () => {
    const slow = await respondWith('HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nHalf');
    const began = Date.now();
    const unfinished = await attemptAt(`http://${slow.host}/`);
    expect(Date.now() - began).toBeLessThan(4_000);
    expect(unfinished).toMatchObject({ status: 500, delivered: false });
    expect(unfinished.response).toMatchObject({ body: 'Half', body_end: 'unfinished' });
    await untilConnectionsClose(slow);
    const broken = await openRaw((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHalf');
      });
    });
    const result = await attemptAt(`http://${broken.host}/`);
    expect(result).toMatchObject({
      delivered: true,
      response: { body: 'Half', body_end: 'broken' },
    });
    expect(result.reason).toContain('The connection closed before the end of the response body');
  });

  it.each([
    ['302 Found\r\nLocation: https://x.example/', /redirect to https:\/\/x\.example\/, which is n/],
    ['304 Not Modified', /^Status 304, a redirect, which is not followed/],
    ['401 Unauthorized', /only 2xx counts.*https:\/\/user:password@host/],
    ['404 Not Found', /Check the path of the url/],
    ['503 Service Unavailable', /^Status 503; only 2xx counts as received\.$/],
    ['101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x', /^Status 101.*protocol/],
    ['999 Beyond', /^Status 999; only/],
  ])('explains a failure with %s', async (head, reason) => {
    const receiver = await respondWith(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`);
    const result = await attemptAt(`http://${receiver.host}/`);
    expect(result).toMatchObject({ status: Number(head.slice(0, 3)), delivered: false });
    expect(result.reason).toMatch(reason);
    await untilConnectionsClose(receiver);
  });

  it('ignores interim responses', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n'.repeat(50);
    const receiver = await respondWith(`${hints}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK`);
    expect(await attemptAt(`http://${receiver.host}/`)).toMatchObject({
      ...{ status: 200, response: { body: 'OK', body_end: 'whole' } },
    });
  });

  it('shows the request and the response, limited to the size of the log', async () => {
    const headers = `X-Long: ${'h'.repeat(1_900)}\r\nX-More: ${'m'.repeat(500)}\r\nX-Last: 1`;
    const body = `é${'z'.repeat(5_000)}`;
    const receiver = await respondWith(
      `HTTP/1.1 200 OK\r\n${headers}\r\nContent-Length: 5000\r\n\r\n${'z'.repeat(5_000)}`,
    );
    const { request, response } = await attemptAt(`http://${receiver.host}/`, { body });
    expect(request).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `é${'z'.repeat(1_998)}`,
      body_bytes: 5_002,
    });
    expect(response?.body).toHaveLength(2_000);
    expect(Object.keys(response?.headers ?? {})).toEqual(['x-long', '…']);
  });
});
