import { type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isLoopback } from '../runtime/listen.ts';
import { type TestServer, useTestServer } from './test-server.ts';

/** The headers that proxies, tunnels and load balancers add. */
const forwarding: readonly string[] = [
  ...['Forwarded', 'Via', 'CDN-Loop', 'X-Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host'],
  ...['X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-Server', 'X-Forwarded-Prefix'],
  ...['X-Forwarded-By', 'X-Forwarded-Scheme', 'x-forwarded-anything', 'Forwarded-For'],
  ...['X-Original-Forwarded-For', 'X-Original-Host', 'X-Original-URL', 'X-Rewrite-URL'],
  ...['X-Real-IP', 'X-Client-IP', 'Client-IP', 'X-Cluster-Client-IP', 'Proxy-Client-IP'],
  ...['WL-Proxy-Client-IP', 'True-Client-IP', 'Fastly-Client-IP', 'Fly-Client-IP'],
  ...['CF-Connecting-IP', 'CF-Connecting-IPv6', 'CF-Pseudo-IPv4', 'CF-Ray', 'X-Azure-ClientIP'],
  ...['X-Azure-SocketIP', 'X-AppEngine-User-IP', 'X-Envoy-External-Address', 'X-Remote-IP'],
  ...['X-Remote-Addr', 'X-ProxyUser-Ip', 'X-Host', 'Proxy-Connection', 'X-NF-Client-Connection-IP'],
  ...['X-BlueCoat-Via', 'ClientIP', 'X_Forwarded_For', 'HTTP_CLIENT_IP'],
];

/** The status and message of a GET with these headers, some of which fetch doesn't send. */
const ask = (
  api: TestServer,
  headers: OutgoingHttpHeaders,
): Promise<[number | undefined, string]> =>
  new Promise((resolve, reject) => {
    const url = `${api.server.controlUrl ?? ''}/capabilities`;
    const sent = httpRequest(url, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (more: string) => (text += more));
      response.on('end', () => {
        const { error } = JSON.parse(text) as { error?: { message: string } };
        resolve([response.statusCode, error?.message ?? '']);
      });
    });
    sent.on('error', reject).end();
  });

/** The status line of the response to a raw request. */
const write = (api: TestServer, lines: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(api.server.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('utf8').on('data', (more: string) => (text += more));
    socket.on('error', reject).on('close', () => {
      resolve(text.split('\r\n')[0] ?? '');
    });
    socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
  });

const path = '/control/v1/capabilities';

describe('The control API without a token', () => {
  const api = useTestServer();

  it.each(forwarding)('refuses a request through a proxy, as %s shows', async (name) => {
    const [status, message] = await ask(api, { [name]: '203.0.113.9' });
    expect(status).toBe(401);
    expect(message).toMatch(/^This request came through a proxy: it has the header .*\. /);
    expect(message).toContain(name.toLowerCase());
    expect(message).toMatch(/LEADGRID_CONTROL_TOKEN/);
    expect((await ask(api, { [name]: '' }))[0]).toBe(401);
    expect((await ask(api, {}))[0]).toBe(200);
  });

  it('refuses HTTP/1.0, which proxies without such headers use', async () => {
    expect(await write(api, [`GET ${path} HTTP/1.0`, 'Host: 127.0.0.1'])).toBe(
      'HTTP/1.1 401 Unauthorized',
    );
    expect(await write(api, [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1'])).toBe('HTTP/1.1 200 OK');
  });

  it('refuses a page whose own host name resolves to this server', async () => {
    const { port } = new URL(api.server.url);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example']) {
      expect((await ask(api, { Host: host }))[0]).toBe(401);
    }
    expect(await write(api, [`GET ${path} HTTP/1.1`, 'Host:'])).toMatch(/ 401 /);
    expect(await write(api, [`GET ${path} HTTP/1.1`])).toMatch(/ 401 /);
    for (const host of ['localhost', `localhost:${port}`, '127.0.0.1', `[::1]:${port}`]) {
      expect((await ask(api, { Host: host }))[0]).toBe(200);
    }
  });

  it('checks the host in an absolute request target', async () => {
    const start = async (target: string) =>
      (await write(api, [`GET ${target} HTTP/1.1`, 'Host: 127.0.0.1'])).split(' ')[1];
    expect(await start(`http://evil.example${path}`)).toBe('401');
    expect(await start(`HTTP://evil.example:80${path}`)).toBe('401');
    expect(await start(`http://127.0.0.1@evil.example${path}`)).toBe('401');
    expect(await start(`http://localhost${path}`)).toBe('200');
    expect(await start(`http://127.0.0.1:80${path}`)).toBe('200');
  });

  it('refuses what a page loads without an Origin', async () => {
    for (const site of ['cross-site', 'same-site', 'same-origin']) {
      const [status, message] = await ask(api, { 'Sec-Fetch-Site': site });
      expect([status, message]).toEqual([401, 'The control API is not for browsers.']);
    }
    // A typed address, and the fetch of Node.
    expect((await ask(api, { 'Sec-Fetch-Site': 'none' }))[0]).toBe(200);
    expect((await ask(api, { 'Sec-Fetch-Mode': 'cors' }))[0]).toBe(200);
  });

  it('accepts other headers', async () => {
    for (const name of ['X-Request-ID', 'Traceparent', 'X-Trip', 'Ip', 'X-Viable', 'Forward']) {
      expect([name, (await ask(api, { [name]: '1' }))[0]]).toEqual([name, 200]);
    }
  });
});

describe('The control API with a token', () => {
  const api = useTestServer({ controlToken: 'open-sesame' });

  it('accepts the token through a proxy, and refuses all pages', async () => {
    const Authorization = 'Bearer open-sesame';
    for (const name of forwarding) {
      expect((await ask(api, { [name]: '203.0.113.9', Authorization }))[0]).toBe(200);
      expect((await ask(api, { [name]: '203.0.113.9' }))[0]).toBe(401);
    }
    expect((await ask(api, { Host: 'leadgrid.example', Authorization }))[0]).toBe(200);
    for (const header of ['Origin', 'Sec-Fetch-Site']) {
      expect((await ask(api, { [header]: 'same-origin', Authorization }))[0]).toBe(401);
    }
  });
});

describe('This machine', () => {
  it('is named by the loopback addresses and localhost', () => {
    for (const name of ['127.0.0.1', '127.9.9.9', '::1', '::FFFF:127.0.0.1', 'Localhost']) {
      expect([name, isLoopback(name)]).toEqual([name, true]);
    }
    for (const name of ['10.0.0.1', '0.0.0.0', '::', '', '127.0.0.1.nip.example', 'localhost.x']) {
      expect([name, isLoopback(name)]).toEqual([name, false]);
    }
  });
});
