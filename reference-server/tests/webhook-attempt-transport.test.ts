import { request as requestOverHttp } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { createSend } from '../runtime/http-client.ts';
import { type Identity, makeCertificate } from './certificate.ts';
import { useRawReceivers } from './raw-receiver.ts';
import { attemptAt } from './webhook-attempts.ts';

const openRaw = useRawReceivers();

describe('An attempt over TLS', () => {
  const authority = makeCertificate({ names: [], subject: 'authority', authority: true });
  const issuer = { ...authority, subject: 'authority' };
  const trusting = createSend({ ca: authority.cert });
  const closers = new Set<() => void>();
  afterEach(() => {
    for (const close of closers) close();
    closers.clear();
  });
  const serve = async (identity: Identity): Promise<string> => {
    const server = createTlsServer(identity, (request, response) => {
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.add(() => {
      server.closeAllConnections();
      server.close();
    });
    return `127.0.0.1:${(server.address() as { port: number }).port}`;
  };

  it('succeeds with a trusted certificate', async () => {
    const host = await serve(makeCertificate({ names: ['127.0.0.1'], issuer }));
    expect(await attemptAt(`https://${host}/`, { send: trusting })).toMatchObject({
      delivered: true,
    });
  });

  it.each([
    ['is self-signed', { names: ['127.0.0.1'] }, /not trusted.*NODE_EXTRA_CA_CERTS/],
    ['has expired', { names: ['127.0.0.1'], issuer, from: -9, until: -2 }, /has expired\. Renew/],
    ['is not valid yet', { names: ['127.0.0.1'], issuer, from: 2, until: 9 }, /not valid yet/],
    [
      'is for another name',
      { names: ['other.example'], issuer },
      /is for another name: it has DNS:other\.example, and not 127\.0\.0\.1/,
    ],
  ])('explains when the certificate %s', async (_, wish, reason) => {
    const host = await serve(makeCertificate(wish));
    const result = await attemptAt(`https://${host}/`, { send: trusting });
    expect(result).toMatchObject({ status: null, delivered: false });
    expect(result.reason).toMatch(reason);
  });

  it('is suggested when the receiver expects TLS and gets plain HTTP', async () => {
    const host = await serve(makeCertificate({ names: ['127.0.0.1'], issuer }));
    expect((await attemptAt(`http://${host}/`)).reason).toMatch(/https:\/\//);
  });
});

describe('A url', () => {
  it('with a user and password is called with Basic authentication, and no secret is logged', async () => {
    const password = 'p@ss:w%rd é';
    const basic = Buffer.from(`me:${password}`).toString('base64');
    const seen: string[] = [];
    const echo = await openRaw((socket, request) => {
      socket.once('data', () => {
        seen.push(request());
        const body = `${basic} ${password} whsec_very-secret`;
        const length = `Content-Length: ${Buffer.byteLength(body)}`;
        const cookie = 'Set-Cookie: session=abc';
        socket.end(
          `HTTP/1.1 302 No\r\nLocation: /${basic}\r\n${cookie}\r\n${length}\r\n\r\n${body}`,
        );
      });
    });
    const url = `http://me:${encodeURIComponent(password)}@${echo.host}/hook`;
    const result = await attemptAt(url);
    expect(seen[0]).toMatch(/^POST \/hook HTTP\/1\.1\r\n/);
    expect(seen[0]).toContain(`\r\nAuthorization: Basic ${basic}\r\n`);
    const shown = JSON.stringify(result);
    for (const secret of [password, encodeURIComponent(password), basic, 'whsec', 'abc']) {
      expect(shown).not.toContain(secret);
    }
    expect(result).toMatchObject({
      request: { url: `http://me:***@${echo.host}/hook`, headers: { Authorization: 'Basic ***' } },
      response: { body: '*** *** ***', headers: { location: '/***', 'set-cookie': '***' } },
    });
  });

  it('with a short password does not mask the words of the reason', async () => {
    const { reason } = await attemptAt('http://me:e@127.0.0.1:9/');
    expect(reason).toMatch(/^127\.0\.0\.1:9 refused the connection\. Start the receiver/);
  });

  it('with a port that fetch refuses is reached', async () => {
    // fetch refuses all of these ports; one is free here.
    const refused = [6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];
    const accept: Parameters<typeof openRaw>[0] = (socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      });
    };
    for (const port of refused) {
      const receiver = await openRaw(accept, port).catch(() => undefined);
      if (!receiver) continue;
      await expect(fetch(`http://${receiver.host}/`)).rejects.toThrow('fetch failed');
      expect(await attemptAt(`http://${receiver.host}/`)).toMatchObject({ status: 204 });
      return;
    }
    throw new Error('No port that fetch refuses is free here.');
  });

  it('with an IPv6 loopback address is reached, if the machine has one', async () => {
    const probe = requestOverHttp({ host: '::1', port: 9 });
    const code = await new Promise((resolve) => {
      probe.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      });
    });
    const { reason } = await attemptAt('http://[::1]:9/');
    if (code === 'ECONNREFUSED') expect(reason).toMatch(/^\[::1\]:9 refused the connection/);
    else expect(reason).toMatch(/^This machine cannot reach \[::1\]/);
  });
});
