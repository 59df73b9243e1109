import { describe, expect, it } from 'vitest';
import { createSend } from '../runtime/http-client.ts';
import { type RawReceiver, useRawReceivers } from './raw-receiver.ts';
import { tryAt, untilClosed } from './webhook-tries.ts';

const openRaw = useRawReceivers();

const answering = (text: string): Promise<RawReceiver> =>
  openRaw((socket) => {
    socket.once('data', () => {
      socket.write(text, 'latin1');
    });
    socket.once('end', () => {
      socket.end();
    });
  });

describe('An attempt that gets no answer says why', () => {
  it('when the name is unknown', async () => {
    const { reason, status } = await tryAt('http://nobody.invalid/hook');
    expect(status).toBeNull();
    expect(reason).toMatch(/^The name nobody\.invalid (does not exist|could not be looked up)/);
  });

  it('when the connection is refused', async () => {
    const { host } = await openRaw(() => undefined);
    const gone = `127.0.0.1:${Number(host.split(':')[1]) === 9 ? 10 : 9}`;
    expect(await tryAt(`http://${gone}/`)).toEqual({
      ...{ status: null, delivered: false, answer: null },
      reason: `${gone} refused the connection. Start the receiver, or check the port of the url.`,
      request: expect.objectContaining({ body: '{"id":"evt_one"}', body_bytes: 16 }) as object,
    });
  });

  it('when it times out, and destroys the connection', async () => {
    const silent = await openRaw(() => undefined);
    const { reason, status } = await tryAt(`http://${silent.host}/`, { timeout: 100 });
    expect(status).toBeNull();
    expect(reason).toBe(
      'Timed out after 0.1 s: the event was sent, but no response arrived. A receiver should respond first and process the event afterwards.',
    );
    await untilClosed(silent);
  });

  it('when the receiver stops reading', async () => {
    const deaf = await openRaw((socket) => socket.pause());
    const body = 'x'.repeat(32 * 1024 ** 2);
    const { reason } = await tryAt(`http://${deaf.host}/`, { timeout: 500, body });
    expect(reason).toBe(
      `Timed out after 0.5 s: ${deaf.host} accepted the connection, but did not read the whole event.`,
    );
  });

  it('when the name is still being looked up, which holds up no name of this machine', async () => {
    const asked: string[] = [];
    const send = createSend({
      lookup: (hostname, _options, callback) => {
        asked.push(hostname);
        if (hostname === 'localhost') callback(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });
    const names = ['one.test', 'one.test', 'two.test', 'three.test'];
    const stuck = await Promise.all(
      names.map((name) => tryAt(`http://${name}/`, { send, timeout: 100 })),
    );
    for (const { reason } of stuck) expect(reason).toMatch(/^Timed out.*still being looked up/);
    // The threads that are left are for the database; the third name waits.
    expect(asked).toEqual(['one.test', 'two.test']);
    const { host } = await answering('HTTP/1.1 204 No Content\r\n\r\n');
    const url = `http://${host.replace('127.0.0.1', 'localhost')}/`;
    expect(await tryAt(url, { send })).toMatchObject({ status: 204 });
  });

  it.each([
    ['the TLS handshake is not finished', 'https', () => undefined, /^Timed out.*TLS handshake/],
    ['the connection is closed', 'http', 'end', /closed the connection before it responded/],
    ['the connection is reset', 'http', 'resetAndDestroy', /closed the connection before/],
    ['it is closed in the TLS handshake', 'https', 'end', /during the TLS handshake.*http:\/\//],
  ] as const)('when %s', async (_, scheme, deed, reason) => {
    const receiver = await openRaw((socket) => {
      socket.once('data', () => {
        if (typeof deed === 'string') socket[deed]();
      });
    });
    const result = await tryAt(`${scheme}://${receiver.host}/`, { timeout: 300 });
    expect(result).toMatchObject({ status: null, delivered: false, answer: null });
    expect(result.reason).toMatch(reason);
    await untilClosed(receiver);
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
  ])('when the answer %s', async (_, text, reason) => {
    const receiver = await answering(text);
    const result = await tryAt(`http://${receiver.host}/`, { timeout: 300 });
    expect(result).toMatchObject({ status: null, delivered: false, answer: null });
    expect(result.reason).toMatch(reason);
    await untilClosed(receiver);
  });

  it('when TLS is spoken to a plain port', async () => {
    const receiver = await answering('HTTP/1.1 400 Bad Request\r\n\r\n');
    const { reason } = await tryAt(`https://${receiver.host}/`);
    expect(reason).toBe(
      `${receiver.host} does not speak TLS. If it serves plain HTTP, write http:// in the url.`,
    );
  });
});

describe('An attempt that gets an answer', () => {
  it('succeeds by the status, however long the body goes on', async () => {
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
    const result = await tryAt(`http://${endless.host}/`);
    expect(result).toMatchObject({ status: 200, delivered: true });
    expect(result.reason).toMatch(/^Received: status 200\. .*too large for this log/);
    expect(result.response).toMatchObject({ body: 'x'.repeat(2_000), body_end: 'cut' });
    await untilClosed(endless);
    // What the operating system holds between the two, and not more.
    expect(written).toBeLessThan(20 * 1024 ** 2);
  });

  it('waits for a slow body a second, and for one that breaks not at all', async () => {
    const slow = await answering('HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nHalf');
    const began = Date.now();
    const unfinished = await tryAt(`http://${slow.host}/`);
    expect(Date.now() - began).toBeLessThan(4_000);
    expect(unfinished).toMatchObject({ status: 500, delivered: false });
    expect(unfinished.response).toMatchObject({ body: 'Half', body_end: 'unfinished' });
    await untilClosed(slow);
    const broken = await openRaw((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHalf');
      });
    });
    const result = await tryAt(`http://${broken.host}/`);
    expect(result).toMatchObject({ delivered: true, answer: { body: 'Half', body_end: 'broken' } });
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
  ])('and fails with %s says what that means', async (head, reason) => {
    const receiver = await answering(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`);
    const result = await tryAt(`http://${receiver.host}/`);
    expect(result).toMatchObject({ status: Number(head.slice(0, 3)), delivered: false });
    expect(result.reason).toMatch(reason);
    await untilClosed(receiver);
  });

  it('passes over answers that come before the answer', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n'.repeat(50);
    const receiver = await answering(`${hints}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK`);
    expect(await tryAt(`http://${receiver.host}/`)).toMatchObject({
      ...{ status: 200, answer: { body: 'OK', body_end: 'whole' } },
    });
  });

  it('shows what was sent and answered, neither longer than the log takes', async () => {
    const headers = `X-Long: ${'h'.repeat(1_900)}\r\nX-More: ${'m'.repeat(500)}\r\nX-Last: 1`;
    const body = `é${'z'.repeat(5_000)}`;
    const receiver = await answering(
      `HTTP/1.1 200 OK\r\n${headers}\r\nContent-Length: 5000\r\n\r\n${'z'.repeat(5_000)}`,
    );
    const { request, response: answer } = await tryAt(`http://${receiver.host}/`, { body });
    expect(request).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `é${'z'.repeat(1_998)}`,
      body_bytes: 5_002,
    });
    expect(answer?.body).toHaveLength(2_000);
    expect(Object.keys(answer?.headers ?? {})).toEqual(['x-long', '…']);
  });
});
